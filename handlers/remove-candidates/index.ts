import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { growingPauses } from "../clean-up-runs/until-none.ts";
import { environment } from "../environment.ts";
import { type RemoveRequest, removeCandidates } from "./logic.ts";

const sagemaker = new SageMakerClient({});
const candidatePrefix = environment("CANDIDATE_PREFIX");

export function handler(request: RemoveRequest, context: { getRemainingTimeInMillis(): number }) {
  const pause = growingPauses(() => context.getRemainingTimeInMillis());
  return removeCandidates(sagemaker, candidatePrefix, request, pause);
}
