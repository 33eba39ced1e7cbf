import { GetExecutionHistoryCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import type { Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { acceptedInput } from "../inputs.ts";
import { endpointState, outcomeLine } from "../struck-run.ts";
import { until } from "../until.ts";

/** Steps that wait for something. An update that has begun cannot be called back: the endpoint comes to serve the run's model. */
const steps = [
  { state: "Run ETL", endpoint: "as before", quick: true },
  { state: "Train Model", endpoint: "as before", quick: true },
  { state: "Describe Endpoint", endpoint: "serves this run's model", quick: false },
];

/** A user who ends a run with StopExecution. */
export const abortedRuns: Experiment[] = steps.map(({ state, endpoint, quick }) => ({
  name: `aborted-in-${state.toLowerCase().replace(" ", "-")}`,
  promise: "aborted-runs-are-cleaned-up",
  expected: `ABORTED, event Failed RunAborted, endpoint ${endpoint}, no leftovers`,
  quick,
  run: (bench) => abortedIn(bench, state),
}));

async function abortedIn(bench: ExperimentCloud, state: string): Promise<string> {
  const before = await endpointState(bench);
  const upload = await bench.upload(acceptedInput());
  const { executionArn } = upload;
  await until(`the run in ${state}`, async () => {
    const { events = [] } = await bench.clients.sfn
      .send(new GetExecutionHistoryCommand({ executionArn }))
      .catch(() => ({ events: [] }));
    const entered = events.some(({ stateEnteredEventDetails: entry }) => entry?.name === state);
    return entered || undefined;
  });
  await bench.clients.sfn.send(new StopExecutionCommand({ executionArn }));
  return outcomeLine(bench, await bench.finished(upload), before);
}
