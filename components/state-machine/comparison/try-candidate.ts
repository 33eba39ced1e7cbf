import { bucketLayout } from "../../bucket-layout.ts";
import { vpcConfig } from "../../network-access.ts";
import type { KnownContext } from "../../pipeline-context.ts";
import { checkMetric } from "../check-metric.ts";
import { createModel } from "../create-version.ts";
import { expression, literal } from "../jsonata.ts";
import { longLambdaTransient } from "../retry.ts";
import type { Flow, States } from "../state.ts";
import { catchAll, task } from "../task.ts";
import { trainModel } from "../train-model.ts";
import { tuneModel } from "../tune-model.ts";
import { tuningJob } from "../tuning-job.ts";
import { type CandidateItem, inputDataConfig } from "./candidate.ts";
import type { Branch } from "./comparison-definition.ts";
import { serveCandidate } from "./serve-candidate.ts";
import { transformCandidate } from "./transform-candidate.ts";

export interface TryCandidatesArgs {
  bucket: string;
  /** `c--<base>--`: what the names of everything that candidates make start with. */
  candidatePrefix: string;
  items: CandidateItem[];
  maxConcurrency: number;
  evaluation: { by: "endpoint" | "batch"; samples: "all" | number; seed: number };
  trainingRoleArn: string;
  servingRoleArn: string;
  /** Longest training job of any candidate that is not tuned. */
  maxTrainingSeconds: number;
  /** Start of tuning jobs' names. */
  tuningPrefix: string;
  /** Longest tuning job of any candidate that is. */
  maxTuningSeconds: number;
  endpointTimeoutMinutes: number;
  predictFunctionArn: string;
  removeFunctionArn: string;
  /** Of what candidates make. */
  tags: Record<string, string>;
  network: KnownContext["network"];
  kmsKeyArn: string | undefined;
  maxSeconds: number;
}

const remove = "Remove Candidate";

/**
 * One candidate: trained, served, asked, and removed, whatever happened before. Its output is its result: no failure of one
 * ends the others.
 */
export function tryCandidates(partition: string, args: TryCandidatesArgs): Branch {
  const to = (next: string) => ({ partition, next, onFailure: remove });
  const evaluate = args.evaluation.by === "endpoint" ? serveCandidate : transformCandidate;
  const evaluation = evaluate(args, to("Predict"));
  return {
    StartAt: "Start Candidate",
    States: {
      ...trainCandidate(args, to("Check Metric")),
      ...checkMetric({ ...to("Create Model"), gate: undefined }),
      ...createModel({
        ...to(evaluation.StartAt),
        runPrefix: args.candidatePrefix,
        image: expression("$candidate.image"),
        roleArn: args.servingRoleArn,
        network: args.network,
        tags: args.tags,
      }),
      ...evaluation.States,
      ...predict(partition, args),
      ...removeCandidate(partition, args),
    },
  };
}

/** A training job or a tuning job, as the candidate has it; states for what no candidate has are left out. */
function trainCandidate(args: TryCandidatesArgs, flow: Flow & { partition: string }): States {
  const isTuned = ({ tuning }: CandidateItem) => tuning !== undefined;
  const train = () =>
    trainModel({
      ...flow,
      runPrefix: args.candidatePrefix,
      request: (name) => trainingRequest(args, name),
      maxSeconds: args.maxTrainingSeconds,
    });
  const tune = () =>
    tuneModel({
      ...flow,
      tuningPrefix: args.tuningPrefix,
      nameSuffix: "'-' & $candidate.number",
      request: (name) =>
        tuningJob(name, expression("$candidate.tuning"), trainingRequest(args, name)),
      maxSeconds: args.maxTuningSeconds,
    });
  if (!args.items.some(isTuned)) return { ...startCandidate("Train Model"), ...train() };
  if (args.items.every(isTuned)) return { ...startCandidate("Tune Model"), ...tune() };
  return {
    ...startCandidate("Is Candidate Tuned?"),
    "Is Candidate Tuned?": {
      Type: "Choice",
      Choices: [{ Condition: expression("$exists($candidate.tuning)"), Next: "Tune Model" }],
      Default: "Train Model",
    },
    ...train(),
    ...tune(),
  };
}

function startCandidate(next: string): States {
  return {
    "Start Candidate": {
      Type: "Pass",
      Assign: {
        candidate: expression("$states.input"),
        title: expression("$run.title & '-' & $states.input.number"),
        attempt: 1,
        looks: 0,
        deadline: 0,
        changedAt: expression("$now()"),
        stages: [],
        failure: {},
        training: null,
        gate: null,
        endpoint: null,
        predictions: null,
        leftOver: null,
      },
      Next: next,
    },
  };
}

function trainingRequest(args: TryCandidatesArgs, name: string) {
  const job = (field: string) => expression(`$candidate.job.${field}`);
  return {
    TrainingJobName: name,
    AlgorithmSpecification: job("AlgorithmSpecification"),
    RoleArn: args.trainingRoleArn,
    InputDataConfig: inputDataConfig(args.bucket),
    OutputDataConfig: {
      S3OutputPath: expression(
        `${literal(`s3://${args.bucket}/${bucketLayout.modelsPrefix}`)} & $run.title & '/' & $candidate.number & '/'`,
      ),
      ...(args.kmsKeyArn !== undefined && { KmsKeyId: args.kmsKeyArn }),
    },
    ResourceConfig: job("ResourceConfig"),
    StoppingCondition: job("StoppingCondition"),
    HyperParameters: job("HyperParameters"),
    ...vpcConfig(args.network),
    EnableNetworkIsolation: true,
    EnableInterContainerTrafficEncryption: expression(
      "$candidate.job.ResourceConfig.InstanceCount > 1",
    ),
    EnableManagedSpotTraining: job("EnableManagedSpotTraining"),
  };
}

function predict(partition: string, args: TryCandidatesArgs): States {
  const { by, samples, seed } = args.evaluation;
  return {
    Predict: task({
      integration: "lambda:invoke",
      partition,
      arguments: {
        FunctionName: args.predictFunctionArn,
        Payload: {
          title: expression("$run.title"),
          candidate: {
            number: expression("$candidate.number"),
            format: expression("$candidate.format"),
            requestContentType: expression("$candidate.requestContentType"),
            answer: expression("$candidate.answer"),
          },
          samples,
          seed,
          source:
            by === "endpoint"
              ? { endpointName: expression("$endpoint.name") }
              : { transform: true },
        },
      },
      timeoutSeconds: 930,
      retry: [longLambdaTransient],
      assign: { predictions: expression("$states.result.Payload") },
      catch: [catchAll("PredictionFailed", remove)],
      next: remove,
    }),
  };
}

/** What cannot be removed is told with the result, and tried again when the run has ended. */
function removeCandidate(partition: string, args: TryCandidatesArgs): States {
  return {
    [remove]: task({
      integration: "lambda:invoke",
      partition,
      arguments: {
        FunctionName: args.removeFunctionArn,
        Payload: {
          title: expression("$run.title"),
          numbers: expression("[$candidate.number]"),
        },
      },
      timeoutSeconds: 930,
      retry: [longLambdaTransient],
      assign: {},
      catch: [
        {
          ErrorEquals: ["States.ALL"],
          Assign: { leftOver: expression("$states.errorOutput") },
          Next: "Candidate Done",
        },
      ],
      next: "Candidate Done",
    }),
    "Candidate Done": {
      Type: "Pass",
      Output: {
        key: expression("$candidate.key"),
        number: expression("$candidate.number"),
        algorithm: expression("$candidate.algorithm"),
        image: expression("$candidate.image"),
        format: expression("$candidate.format"),
        contentType: expression("$candidate.contentType"),
        instanceType: expression("$candidate.job.ResourceConfig.InstanceType"),
        instanceCount: expression("$candidate.job.ResourceConfig.InstanceCount"),
        endpointInstanceType: expression("$candidate.endpointInstanceType"),
        status: expression("$exists($failure.name) ? 'Failed' : 'Scored'"),
        failure: expression("$failure"),
        training: expression("$training"),
        predictions: expression("$predictions"),
        stages: expression("$stages"),
        leftOver: expression("$leftOver"),
      },
      End: true,
    },
  };
}
