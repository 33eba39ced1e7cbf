import { churnPipeline } from "../experiment.ts";

/** For experiments of hundreds of runs: two trees instead of ten, which do not learn the good inputs quite as well. */
export const loadPipeline = {
  training: {
    ...churnPipeline.training,
    hyperparameters: { ...churnPipeline.training.hyperparameters, num_round: 2 },
  },
  validation: { ...churnPipeline.validation, threshold: 0.33 },
};
