import type { TuningConfig } from "../../stacks/tuning-config.ts";
import { type AwaitEndpointArgs, awaitEndpoint } from "./await-endpoint.ts";
import { type CheckMetricArgs, checkMetric } from "./check-metric.ts";
import { type CreateVersionArgs, createVersion } from "./create-version.ts";
import {
  type DeployEndpointArgs,
  deployEndpoint,
  deployEndpointMaxSeconds,
} from "./deploy-endpoint.ts";
import { discardVersion } from "./discard-version.ts";
import { expression } from "./jsonata.ts";
import { ownRun } from "./own-run.ts";
import { pruneVersions } from "./prune-versions.ts";
import { recordRun } from "./record-run.ts";
import { glueConcurrency, longestWaitSeconds } from "./retry.ts";
import { type RunEtlArgs, runEtl } from "./run-etl.ts";
import type { Flow, States } from "./state.ts";
import { type TrainModelArgs, trainModel, trainModelMaxSeconds } from "./train-model.ts";
import { type TrainingJobArgs, trainingJob, trainingJobMaxSeconds } from "./training-job.ts";
import { type TuneModelArgs, tuneModel, tuneModelMaxSeconds } from "./tune-model.ts";
import { tuningJob, tuningJobConfig, tuningJobMaxSeconds } from "./tuning-job.ts";
import { type WriteSchemaArgs, writeSchema } from "./write-schema.ts";

type Block<Args> = Omit<Args, "next" | "onFailure" | "onSuperseded" | "partition">;

export interface RetrainingDefinitionArgs {
  partition: string;
  etl: Block<RunEtlArgs>;
  training: TrainingJobArgs & Pick<TrainModelArgs, "runPrefix">;
  /** A tuning job in place of the training job; `undefined`: none. */
  tuning: (Pick<TuneModelArgs, "tuningPrefix"> & { config: TuningConfig }) | undefined;
  gate: CheckMetricArgs["gate"];
  schema: Block<WriteSchemaArgs>;
  version: Block<CreateVersionArgs>;
  endpoint: Block<DeployEndpointArgs> & Block<AwaitEndpointArgs>;
  pruneFunctionArn: string;
  recordFunctionArn: string;
}

/**
 * One run: ETL, training, gate, model, endpoint, record.
 *
 * JSONata throughout. What a run learns is kept in variables, so that every path, however early it ends, can hand all of
 * it to the record.
 */
export function retrainingDefinition(args: RetrainingDefinitionArgs) {
  const { partition } = args;
  const end = "Record Run";
  const to = (next: string, onFailure = end) => ({ partition, next, onFailure });
  const training = trained(args, to("Check Metric"));
  const discard = "Discard Version";
  const deployment = {
    ...to("Describe Endpoint", discard),
    onSuperseded: discard,
    ...args.endpoint,
  };
  const versions = { partition, functionArn: args.pruneFunctionArn, next: end };
  return {
    QueryLanguage: "JSONata",
    StartAt: "Is Run Its Own?",
    TimeoutSeconds: maxSeconds(args.etl.timeoutMinutes, training.maxSeconds, deployment),
    States: {
      ...ownRun("Prepare Run"),
      ...prepareRun("Run ETL"),
      ...runEtl({ ...to(training.start), ...args.etl }),
      ...training.states,
      ...checkMetric({ ...to("Write Schema"), gate: args.gate }),
      ...writeSchema({ ...to("Create Model"), ...args.schema }),
      ...createVersion({ ...to("Resolve Endpoint", discard), ...args.version }),
      ...deployEndpoint(deployment),
      ...awaitEndpoint({ ...to("Prune Versions", discard), ...args.endpoint }),
      ...pruneVersions(versions),
      ...discardVersion({ ...versions, runPrefix: args.version.runPrefix }),
      ...recordRun({ partition, functionArn: args.recordFunctionArn }),
    } satisfies States,
  };
}

/** A training job, or a tuning job that starts many: its states, the first of them, and the longest that they can take. */
function trained(
  { training, tuning }: RetrainingDefinitionArgs,
  flow: Flow & { partition: string },
) {
  const oneSeconds = trainingJobMaxSeconds(training);
  if (tuning === undefined) {
    const { runPrefix } = training;
    const request = (name: string) => trainingJob(training, name);
    const states = trainModel({ ...flow, runPrefix, request, maxSeconds: oneSeconds });
    const maxSeconds = trainModelMaxSeconds({ maxSeconds: oneSeconds });
    return { start: "Train Model", states, maxSeconds };
  }
  const config = tuningJobConfig(tuning.config);
  const request = (name: string) => tuningJob(name, config, trainingJob(training, name));
  const tuningSeconds = tuningJobMaxSeconds(tuning.config, oneSeconds);
  return {
    start: "Tune Model",
    states: tuneModel({
      ...flow,
      tuningPrefix: tuning.tuningPrefix,
      request,
      maxSeconds: tuningSeconds,
    }),
    maxSeconds: tuneModelMaxSeconds({ maxSeconds: tuningSeconds }),
  };
}

/** Every variable, before any state can fail: an expression that reads one which was never set is an error of its own. */
function prepareRun(next: string): States {
  return {
    "Prepare Run": {
      Type: "Pass",
      Assign: {
        run: expression("$states.input"),
        title: expression("$states.input.title"),
        attempt: 1,
        deploys: 0,
        looks: 0,
        deadline: 0,
        changedAt: expression("$now()"),
        stages: [],
        failure: {},
        etl: null,
        training: null,
        gate: null,
        schema: null,
        endpoint: null,
        newer: null,
        versions: null,
      },
      Next: next,
    },
  };
}

/** Beyond what all blocks allow themselves: a machine that times out records nothing, so a block must give up first. */
function maxSeconds(
  etlMinutes: number,
  trainingSeconds: number,
  deployment: DeployEndpointArgs,
): number {
  const etl = longestWaitSeconds(glueConcurrency) + 2 * etlMinutes * 60 + 3600;
  const rest = 2 * 3600;
  return etl + trainingSeconds + deployEndpointMaxSeconds(deployment) + rest;
}
