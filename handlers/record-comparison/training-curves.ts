import { type CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeTrainingJobCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";

/** Values of one metric as training went on, in the order of the log. */
export type Curves = Record<string, number[]>;

const logGroup = "/aws/sagemaker/TrainingJobs";

/** What a page can show, and a log of epochs seldom exceeds. */
const maxEvents = 20_000;

/** What a training job logged of its metrics, by the expressions that SageMaker itself reads them with. */
export async function trainingCurves(
  sagemaker: SageMakerClient,
  logs: CloudWatchLogsClient,
  jobName: string,
): Promise<Curves> {
  const { AlgorithmSpecification: algorithm } = await sagemaker.send(
    new DescribeTrainingJobCommand({ TrainingJobName: jobName }),
  );
  const definitions = (algorithm?.MetricDefinitions ?? []).map(({ Name, Regex }) => ({
    name: Name ?? "",
    regex: new RegExp(Regex ?? "$^"),
  }));
  if (definitions.length === 0) return {};
  const curves: Curves = {};
  for (const message of await messagesOf(logs, jobName)) {
    for (const { name, regex } of definitions) {
      const value = Number(regex.exec(message)?.[1] ?? NaN);
      if (!Number.isFinite(value)) continue;
      curves[name] ??= [];
      curves[name].push(value);
    }
  }
  // one value is no curve
  return Object.fromEntries(Object.entries(curves).filter(([, values]) => values.length > 1));
}

async function messagesOf(logs: CloudWatchLogsClient, jobName: string): Promise<string[]> {
  const messages: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.send(
      new FilterLogEventsCommand({
        logGroupName: logGroup,
        logStreamNamePrefix: `${jobName}/`,
        ...(nextToken !== undefined && { nextToken }),
      }),
    );
    for (const { message } of page.events ?? []) if (message !== undefined) messages.push(message);
    nextToken = page.nextToken;
  } while (nextToken !== undefined && messages.length < maxEvents);
  return messages;
}
