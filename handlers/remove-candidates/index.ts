import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { growingPauses } from "../clean-up-runs/until-none.ts";
import { environment } from "../environment.ts";
import { type RemoveRequest, removeCandidates } from "./logic.ts";

const clients = { sagemaker: new SageMakerClient({}), logs: new CloudWatchLogsClient({}) };
const options = {
  candidatePrefix: environment("CANDIDATE_PREFIX"),
  logRetentionDays: Number(environment("LOG_RETENTION_DAYS")),
};

export function handler(request: RemoveRequest, context: { getRemainingTimeInMillis(): number }) {
  const pause = growingPauses(() => context.getRemainingTimeInMillis());
  return removeCandidates(clients, options, request, pause);
}
