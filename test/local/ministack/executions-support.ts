import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { eventually } from "../../support/eventually.ts";
import { roleArn, type TestCloud } from "./test-cloud.ts";

let machines = 0;

/** A JSONata state machine of its own. */
export async function createMachine(
  cloud: TestCloud,
  states: Record<string, object>,
  more: object = {},
  role = roleArn,
): Promise<string> {
  machines += 1;
  const definition = { QueryLanguage: "JSONata", StartAt: Object.keys(states)[0], States: states };
  const { stateMachineArn } = await cloud.clients.sfn.send(
    new CreateStateMachineCommand({
      name: `machine-${machines}`,
      roleArn: role,
      definition: JSON.stringify({ ...definition, ...more }),
    }),
  );
  return stateMachineArn as string;
}

export async function start(cloud: TestCloud, stateMachineArn: string, input: object = {}) {
  const { executionArn } = await cloud.clients.sfn.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return executionArn as string;
}

export async function ended(
  cloud: TestCloud,
  executionArn: string,
): Promise<DescribeExecutionOutput> {
  return await eventually(async () => {
    const execution = await cloud.clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (execution.status === "RUNNING") return undefined;
    // The last event follows the status a moment later.
    const last = (await historyOf(cloud, executionArn)).at(-1)?.type ?? "";
    return /^Execution(?!Started)/.test(last) ? execution : undefined;
  });
}

/** Runs the states to their end. */
export async function run(
  cloud: TestCloud,
  states: Record<string, object>,
  input: object = {},
  more: object = {},
  role = roleArn,
): Promise<DescribeExecutionOutput> {
  const machine = await createMachine(cloud, states, more, role);
  return await ended(cloud, await start(cloud, machine, input));
}

/** The same, for its output alone; an execution that fails is an error. */
export async function outputOf(
  cloud: TestCloud,
  states: Record<string, object>,
  input: object = {},
): Promise<unknown> {
  const { status, output, error, cause } = await run(cloud, states, input);
  if (status !== "SUCCEEDED") throw new Error(`${status} ${error}: ${cause}`);
  return JSON.parse(output as string);
}

export async function historyOf(cloud: TestCloud, executionArn: string): Promise<HistoryEvent[]> {
  const { events } = await cloud.clients.sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  return events ?? [];
}
