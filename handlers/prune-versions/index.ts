import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SFNClient } from "@aws-sdk/client-sfn";
import { environment } from "../environment.ts";
import { pruneVersions } from "./logic.ts";

const clients = { sagemaker: new SageMakerClient({}), stepFunctions: new SFNClient({}) };
const options = {
  runPrefix: environment("RUN_PREFIX"),
  endpointName: environment("ENDPOINT_NAME"),
  keep: Number(environment("KEEP_VERSIONS")),
  stateMachineArn: environment("STATE_MACHINE_ARN"),
};

export function handler({ configName }: { configName: string }) {
  return pruneVersions(clients, options, configName);
}
