import { tuningRunPrefix } from "../../../components/names.ts";
import {
  type CloseComparisonOptions,
  closeComparison,
} from "../../../handlers/close-comparison/logic.ts";
import type { ExecutionEndedEvent } from "../../../handlers/close-run/ended-event.ts";
import { comparisonOf, comparisonState } from "../../support/comparison-state.ts";
import type { Answers } from "../../support/fake-client.ts";
import { fakeObjects } from "../../support/fake-objects.ts";
import { runInput } from "../../support/run-tasks.ts";
import { type FakeAccount, fakeAccount } from "../clean-up-runs/fake-account.ts";

const { inputUri } = runInput;
export const { title } = runInput;
const bucket = "bucket";
export const prefix = "c--dev-abalone--";
export const reportKey = `runs/${title}/report.json`;
export const versionName = `dev-abalone--${title}`;

const options = {
  ...comparisonOf,
  bucket,
  runPrefix: "dev-abalone--",
  candidatePrefix: prefix,
  tuningPrefix: undefined as string | undefined,
  logRetentionDays: 30,
  candidateCount: 3,
  endpointName: "abalone",
  glueJob: "dev-abalone-etl",
  rules: comparisonState().rules,
};

/** The event of an execution that ended without success. */
export function ended(
  status: string,
  said: { error?: string; cause?: string } = {},
): ExecutionEndedEvent {
  return {
    detail: {
      executionArn: `arn:aws:states:eu-west-1:123456789012:execution:dev-abalone-comparison:${title}`,
      name: title,
      status,
      startDate: Date.UTC(2026, 4, 1, 10),
      stopDate: Date.UTC(2026, 4, 1, 11),
      input: JSON.stringify(runInput),
      ...said,
    },
  };
}

/** What a comparison was at when it was aborted: two candidates, one of them serving, one in a job. */
export function midway(changes: Partial<FakeAccount> = {}): Partial<FakeAccount> {
  const serving = `${prefix}${title}-c01`;
  return {
    trainingJobs: { [`${prefix}${title}-c02-a1`]: "InProgress" },
    endpoints: { [serving]: { config: serving, status: "InService" } },
    configs: [serving],
    models: [serving],
    ...changes,
  };
}

/** A tuning job of this run's, as candidate 2 names it. */
export function tuningOf(tuningPrefix: string): string {
  return `${tuningRunPrefix(tuningPrefix, title)}c02-a1`;
}

/** An account whose bucket has `objects`; what is written goes there too. */
export function accountOf(
  has: Partial<FakeAccount> = {},
  objects: Record<string, unknown> = {},
  answers: Answers = {},
) {
  const runs = [
    { Id: "jr_1", JobRunState: "RUNNING", Arguments: { "--S3_INPUT_FILE": inputUri } },
    {
      Id: "jr_2",
      JobRunState: "RUNNING",
      Arguments: { "--S3_INPUT_FILE": `s3://${bucket}/runs/${title}/inputs/` },
    },
    { Id: "jr_3", JobRunState: "RUNNING", Arguments: { "--S3_INPUT_FILE": "s3://b/other" } },
  ];
  const fake = fakeAccount(has, {
    GetJobRuns: () => ({ JobRuns: runs }),
    BatchStopJobRun: () => ({}),
    ...fakeObjects(objects),
    PutEvents: () => ({ Entries: [{ EventId: "1" }] }),
    ...answers,
  });
  const { glue, sagemaker, logs } = fake.clients;
  const clients = { glue, sagemaker, logs, s3: sagemaker as never, events: sagemaker as never };
  const inputs = (command: string) =>
    fake.sent.filter((each) => each.command === command).map(({ input }) => input);
  return { ...fake, clients, objects, inputs };
}

/** Closes it as the function does, with time for some looks. */
export function close(
  { clients }: ReturnType<typeof accountOf>,
  event = ended("ABORTED"),
  more: Partial<CloseComparisonOptions> = {},
) {
  let looks = 9;
  return closeComparison(clients, { ...options, ...more }, event, async () => looks-- > 0);
}
