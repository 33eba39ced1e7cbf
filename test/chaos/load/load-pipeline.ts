import { churnPipeline } from "../experiment.ts";

/** For experiments of hundreds of runs: two trees instead of ten. */
export const loadPipeline = {
  training: {
    ...churnPipeline.training,
    hyperparameters: { ...churnPipeline.training.hyperparameters, num_round: 2 },
  },
};
