import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { GlueClient } from "@aws-sdk/client-glue";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SFNClient } from "@aws-sdk/client-sfn";
import { environment } from "../environment.ts";
import type { LifecycleEvent } from "./lifecycle-event.ts";
import { cleanUpRuns } from "./logic.ts";
import { growingPauses } from "./until-none.ts";

const clients = {
  sagemaker: new SageMakerClient({}),
  stepFunctions: new SFNClient({}),
  glue: new GlueClient({}),
  logs: new CloudWatchLogsClient({}),
};
const options = {
  runPrefix: environment("RUN_PREFIX"),
  stateMachineArn: environment("STATE_MACHINE_ARN"),
  glueJob: environment("GLUE_JOB"),
  candidatePrefix: process.env["CANDIDATE_PREFIX"],
  tuningPrefix: process.env["TUNING_PREFIX"],
};

export async function handler(
  event: LifecycleEvent,
  context: { getRemainingTimeInMillis(): number },
) {
  const pause = growingPauses(() => context.getRemainingTimeInMillis());
  const cleanedUp = await cleanUpRuns(clients, options, event, pause);
  console.info(JSON.stringify({ action: event.tf.action, ...cleanedUp }));
  return cleanedUp;
}
