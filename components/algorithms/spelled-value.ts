import type { HyperparameterSpec } from "./hyperparameter-spec.ts";
import { wireValue } from "./wire-value.ts";

/**
 * A value of config as the container wants this hyperparameter spelled, where that is not how texts of its kind are spelled
 * elsewhere: `True` for a YAML boolean where it knows `True` and `False`, a JSON array for a YAML list.
 *
 * @returns `undefined` for what has no such form
 */
export function spelledValue(
  spec: HyperparameterSpec | undefined,
  value: unknown,
): string | undefined {
  if (spec?.type === "json list" && Array.isArray(value)) {
    return value.every((item) => wireValue(item) !== undefined) ? JSON.stringify(value) : undefined;
  }
  const plain = wireValue(value);
  if (typeof value !== "boolean" || plain === undefined || spec?.type !== "categorical")
    return plain;
  return spec.values.find((known) => known.toLowerCase() === plain) ?? plain;
}
