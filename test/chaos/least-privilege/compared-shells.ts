import { projectRoot } from "../../../local/setup/node-packages.mjs";
import { readStackFile } from "../../../local/stack-file.ts";

const { "retraining:comparisons": ofFile = "{}" } = await readStackFile(projectRoot, "local");
const example = JSON.parse(ofFile).abalone;

/** The stacks' own example, quick, whose winner serves `shells`. */
export const shells = promotedTo("shells");

/** The same again, to tell what the roles of others have beyond it. */
export const besideShells = promotedTo("plain");

/** Each upload compared for itself, by batch transform. */
export const shellsByBatch = {
  ...shells,
  accumulate: false,
  evaluation: { ...shells.evaluation, by: "batch" },
};

/** With one candidate that is tuned. */
export const tunedShells = { ...shells, candidates: withTuning(shells.candidates) };

function promotedTo(endpoint: string) {
  return {
    ...example,
    enabled: true,
    evaluation: { ...example.evaluation, resamples: 200 },
    promotion: {
      ...example.promotion,
      enabled: true,
      endpoint: { name: endpoint, instanceType: "ml.m5.large" },
    },
  };
}

function withTuning({ xgboost, ...others }: typeof example.candidates) {
  const { max_depth: _tuned, ...hyperparameters } = xgboost.training.hyperparameters;
  const tuning = {
    strategy: "Random",
    maxJobs: 3,
    maxParallelJobs: 2,
    ranges: { max_depth: { min: 3, max: 6 } },
  };
  const training = { ...xgboost.training, hyperparameters };
  return { xgboost: { ...xgboost, training, tuning }, ...others };
}
