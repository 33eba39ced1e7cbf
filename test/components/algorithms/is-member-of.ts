import type { Algorithm } from "../../../components/algorithms/algorithm.ts";
import { checkValue } from "../../../components/algorithms/check-value.ts";
import type { HyperparameterSpec } from "../../../components/algorithms/hyperparameter-spec.ts";

/** Whether a hyperparameter takes the text, in the algorithm's default version. */
export function isMemberOf(algorithm: Algorithm, spec: HyperparameterSpec, text: string): boolean {
  return checkValue(algorithm, algorithm.defaultVersion, spec, text) === undefined;
}
