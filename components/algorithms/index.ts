import type { Algorithm } from "./algorithm.ts";
import { xgboost } from "./xgboost/xgboost.ts";

/** Names that config may write under `algorithm.name`. */
export type AlgorithmName = "xgboost";

/** The catalogue: one file or folder per algorithm beside this one. */
export const algorithms: Readonly<Record<AlgorithmName, Algorithm>> = { xgboost };

export function isAlgorithmName(name: string): name is AlgorithmName {
  return Object.hasOwn(algorithms, name);
}
