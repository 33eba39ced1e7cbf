import { type CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeTrainingJobCommand,
  type MetricData,
  type MetricDefinition,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";

/** Values of one metric as training went on, in the order of the log. */
export type Curves = Record<string, number[]>;

const logGroup = "/aws/sagemaker/TrainingJobs";

/** What a page can show, and a log of epochs seldom exceeds. */
const maxEvents = 20_000;

/** How far a training has come, and how fast: of a model they say nothing. */
const aside = ["train:progress", "train:throughput"];

/** What a training job logged of its metrics, by the expressions that SageMaker itself reads them with. */
export async function trainingCurves(
  sagemaker: SageMakerClient,
  logs: CloudWatchLogsClient,
  jobName: string,
): Promise<Curves> {
  const { AlgorithmSpecification: algorithm, FinalMetricDataList: final = [] } =
    await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: jobName }));
  const told = algorithm?.MetricDefinitions ?? [];
  const definitions = [...told, ...untold(told, final)].flatMap(({ Name: name, Regex }) => {
    const regex = Regex === undefined ? undefined : expressionOf(Regex);
    if (name === undefined || aside.includes(name) || regex === undefined) return [];
    return [{ name, regex }];
  });
  if (definitions.length === 0) return {};
  const curves: Curves = {};
  for (const message of await messagesOf(logs, jobName)) {
    for (const { name, regex } of definitions) {
      // an expression may take more than the number: a log's tab is #011, which \S+ does not end at
      const value = Number.parseFloat(regex.exec(message)?.[1] ?? "");
      if (!Number.isFinite(value)) continue;
      curves[name] ??= [];
      curves[name].push(value);
    }
  }
  // one value is no curve
  return Object.fromEntries(Object.entries(curves).filter(([, values]) => values.length > 1));
}

/**
 * SageMaker tells 40 definitions at most, and XGBoost has more: where a metric of the training rows is known and its definition
 * is not, it is read as that of the validation rows is.
 */
function untold(told: readonly MetricDefinition[], final: readonly MetricData[]) {
  return told.flatMap(({ Name: name, Regex }) => {
    const ofTraining = name?.replace(/^validation:/, "train:");
    if (ofTraining === undefined || told.some((each) => each.Name === ofTraining)) return [];
    if (!final.some((each) => each.MetricName === ofTraining)) return [];
    return [{ Name: ofTraining, Regex: Regex?.replaceAll("validation", "train") }];
  });
}

/** Undefined for one of Python's, as SageMaker's are, that JavaScript does not know: a picture must not cost the record. */
function expressionOf(text: string): RegExp | undefined {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}

/** None where the account's log group is gone: someone deleted it, and the next training makes it anew. */
async function messagesOf(logs: CloudWatchLogsClient, jobName: string): Promise<string[]> {
  const messages: string[] = [];
  const ownStreams = `${jobName}/`;
  let nextToken: string | undefined;
  do {
    const request = new FilterLogEventsCommand({
      logGroupName: logGroup,
      logStreamNamePrefix: ownStreams,
      ...(nextToken !== undefined && { nextToken }),
    });
    const page = await logs.send(request).catch((error: Error) => {
      if (error.name === "ResourceNotFoundException") return { events: [], nextToken: undefined };
      throw error;
    });
    for (const { message, logStreamName: stream } of page.events ?? []) {
      // all trainings of the account share the group: a curve must not be drawn of several
      if (message !== undefined && stream?.startsWith(ownStreams)) messages.push(message);
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined && messages.length < maxEvents);
  return messages;
}
