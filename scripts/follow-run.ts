import { ListExecutionsCommand, SFNClient } from "@aws-sdk/client-sfn";
import { executionArnOf } from "../components/execution-arn.ts";
import { resolveName, runCommand } from "./command-line.ts";
import { followRun, secondsOf } from "./run-history.ts";

const usage = `npm run follow -- (--stack STACK --pipeline NAME | --state-machine ARN) [TITLE]

Shows the steps of a run until it ends: the run named, or the newest. Exit code 1 when it did not succeed.`;

const pollMs = 2000;

await runCommand(
  usage,
  ["stack", "pipeline", "state-machine"],
  async ({ options, positionals }) => {
    const stateMachineArn = await resolveName(options, "state-machine", "stateMachineArn");
    const client = new SFNClient({});
    const [title] = positionals;
    const arn = title
      ? executionArnOf(stateMachineArn, title)
      : await newestRun(client, stateMachineArn);
    const shown = new Set<number>();
    for await (const { steps, execution, finished } of followRun(client, arn, pollMs)) {
      steps.forEach((step, i) => {
        if (step.endedAt === undefined || shown.has(i) || (i === steps.length - 1 && !finished))
          return;
        shown.add(i);
        const failed = step.failed ? "  failed" : "";
        console.log(`${step.name.padEnd(26)} ${secondsOf(step).toFixed(1)} s${failed}`);
      });
      if (!finished) continue;
      const error = execution.error ? `: ${execution.error}: ${execution.cause}` : "";
      console.log(`${execution.name} ${execution.status}${error}`);
      process.exitCode = execution.status === "SUCCEEDED" ? 0 : 1;
    }
  },
);

async function newestRun(client: SFNClient, stateMachineArn: string): Promise<string> {
  const { executions } = await client.send(
    new ListExecutionsCommand({ stateMachineArn, maxResults: 1 }),
  );
  const arn = executions?.[0]?.executionArn;
  if (arn === undefined) throw new Error("there is no run yet: upload an input first");
  return arn;
}
