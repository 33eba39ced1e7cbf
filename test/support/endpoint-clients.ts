import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { SFNClient } from "@aws-sdk/client-sfn";
import { fakeClient, serviceError } from "./fake-client.ts";
import { fakeConditionalObject } from "./fake-conditional-object.ts";

export const stateMachineArn =
  "arn:aws:states:eu-west-1:123456789012:stateMachine:dev-churn-retraining";

export interface FakeRun {
  status: string;
  input?: object;
}

/** What is there, as resolve-endpoint meets it. */
export interface Surroundings {
  /** What DescribeEndpoint answers at each look, the last one from then on; null: there is none; an error: thrown. */
  endpoint?: (object | Error | null)[];
  /** Instances of the config that serves. */
  instances?: number;
  /** By title; Step Functions knows no others. */
  runs?: Record<string, FakeRun>;
  /** Whether somebody else deletes the endpoint first. @default false */
  deletedMeanwhile?: boolean;
  /** Title of the run that has the turn. */
  deploying?: string;
}

export function endpointClients({
  endpoint = [null],
  instances = 2,
  runs = {},
  deletedMeanwhile = false,
  deploying,
}: Surroundings) {
  const notFound = () => serviceError("ValidationException", 'Could not find endpoint "churn".');
  const sagemaker = fakeClient<SageMakerClient>({
    DescribeEndpoint: (_input, calls) => {
      const answer = endpoint[Math.min(calls, endpoint.length - 1)];
      if (answer instanceof Error) throw answer;
      if (answer) return { EndpointStatus: "InService", ...answer };
      throw notFound();
    },
    DeleteEndpoint: () => {
      if (deletedMeanwhile) throw notFound();
      return {};
    },
    DescribeEndpointConfig: () => ({
      ProductionVariants: [{ VariantName: "AllTraffic", InitialInstanceCount: instances }],
    }),
  });
  const stepFunctions = fakeClient<SFNClient>({
    DescribeExecution: ({ executionArn }: { executionArn: string }) => {
      const run = runs[executionArn.split(":").at(-1) ?? ""];
      if (run === undefined) throw serviceError("ExecutionDoesNotExist");
      return { status: run.status, input: JSON.stringify(run.input ?? {}) };
    },
  });
  const turn = fakeConditionalObject(deploying === undefined ? undefined : { title: deploying });
  return {
    clients: {
      sagemaker: sagemaker.client,
      stepFunctions: stepFunctions.client,
      s3: turn.client,
    },
    sagemaker: sagemaker.sent,
    stepFunctions: stepFunctions.sent,
    turn,
  };
}
