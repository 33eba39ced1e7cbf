import { churnPipeline } from "../experiment.ts";

/** Time enough for a large input on a laptop. */
export const largePipeline = {
  etl: { ...churnPipeline.etl, workerType: "G.1X", timeoutMinutes: 60 },
};
