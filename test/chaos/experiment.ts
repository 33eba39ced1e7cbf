import type { LocalCloudOptions } from "../../local/local-cloud.ts";
import type { ExperimentCloud } from "./experiment-cloud.ts";
import type { PromiseId } from "./promises.ts";

/** One thing that is done to the whole system as deployed locally, and what is to be seen then. */
export type Experiment = OnCloud | Standalone;

interface Described {
  /** Unique, kebab case: what `npm run chaos -- --only NAME` takes. */
  name: string;
  /** The promise that it shows. */
  promise: PromiseId;
  /** What `run` returns when the promise holds: one line that says what a user would see. */
  expected: string;
  /** Whether `npm test` runs it too: for what takes a few seconds. */
  quick: boolean;
}

interface OnCloud extends Described {
  /** A cloud of its own, for what a start has to be told or what leaves a cloud broken. @default the cloud that all others share */
  ownCloud?: CloudSetup;
  /**
   * @returns what was seen, equal to `expected` when the promise holds
   * @throws when nothing could be seen: the experiment itself did not work out
   */
  run(bench: ExperimentCloud): Promise<string>;
}

/** For what starts its own processes, or looks at files alone. */
interface Standalone extends Described {
  standalone: true;
  run(): Promise<string>;
}

export interface CloudSetup {
  /** What the cloud is started with. */
  options?: Omit<Partial<LocalCloudOptions>, "stateDir" | "fresh" | "region">;
  /** Sections of the churn pipeline's config in place of those of {@link churnPipeline}. */
  pipeline?: Record<string, unknown>;
  /** Config of pipelines besides churn, by name. */
  otherPipelines?: Record<string, unknown>;
  /** Config of comparisons, by name. @default none */
  comparisons?: Record<string, unknown>;
}

/** The pipeline of all experiments: small, so that a run takes a second or two. */
export const churnPipeline = {
  algorithm: { name: "xgboost", version: "3.0-5" },
  etl: { script: "glue/churn_etl.py", timeoutMinutes: 5 },
  training: {
    contentType: "text/csv",
    instanceType: "ml.m5.xlarge",
    hyperparameters: {
      objective: "binary:logistic",
      num_round: 10,
      max_depth: 4,
      eval_metric: "error",
    },
  },
  validation: { metric: "validation:error", threshold: 0.25 },
  endpoint: { name: "churn", instanceType: "ml.m5.large", keepVersions: 2 },
  data: { forceDestroy: true, runRetentionDays: 30 },
  logs: { retentionDays: 7 },
};
