import type { TunableRange } from "../algorithm.ts";

/** Ranges of AWS's page on tuning XGBoost. */
export const xgboostTunable: Readonly<Record<string, TunableRange>> = {
  alpha: { type: "continuous", min: 0, max: 1000 },
  colsample_bylevel: { type: "continuous", min: 0.1, max: 1 },
  colsample_bynode: { type: "continuous", min: 0.1, max: 1 },
  colsample_bytree: { type: "continuous", min: 0.5, max: 1 },
  eta: { type: "continuous", min: 0.1, max: 0.5 },
  gamma: { type: "continuous", min: 0, max: 5 },
  lambda: { type: "continuous", min: 0, max: 1000 },
  max_delta_step: { type: "integer", min: 0, max: 10 },
  max_depth: { type: "integer", min: 0, max: 10 },
  min_child_weight: { type: "continuous", min: 0, max: 120 },
  num_round: { type: "integer", min: 1, max: 4000 },
  subsample: { type: "continuous", min: 0.5, max: 1 },
};
