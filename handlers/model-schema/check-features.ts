import { checkNumber } from "./check-number.ts";
import type { FeatureRows } from "./model-schema.ts";
import { asWritten, RequestRefused } from "./request-refused.ts";

/** Values of one row without their keys, or with: then those that are not named are 0. */
interface Tensor {
  values: unknown;
  keys?: unknown;
  shape?: unknown;
}

/**
 * One object of a JSON request: `{"features": [...]}`, or `{"data": {"features": {"values": [...]}}}` with keys and shape where
 * the row is sparse, or a list of numbers.
 *
 * @throws RequestRefused unless it has the model's features
 */
export function checkFeatures(instance: unknown, row: number, rows: FeatureRows): void {
  const { values, keys, shape } = tensorOf(instance, row);
  if (!Array.isArray(values)) throw notFeatures(row, instance);
  if (keys !== undefined) checkKeys(keys, values.length, row, rows);
  else if (!rows.counts.includes(values.length)) {
    throw new RequestRefused({
      row,
      problem: `${values.length} features, and the model was trained on ${rows.counts.join(" or ")}`,
      remedy: "Give each row all features, in the order of training, and no label",
    });
  }
  if (shape !== undefined) checkShape(shape, row, rows);
  values.forEach((value, i) => {
    const column = Array.isArray(keys) ? Number(keys[i]) + 1 : i + 1;
    const place = { row, column, name: rows.names?.[column - 1] };
    if (typeof value === "number") checkNumber(String(value), rows.missing, place);
    else if (value === null)
      checkNumber("", "refused", place); // no container takes null for a missing value
    else {
      throw new RequestRefused({
        ...place,
        value: asWritten(value),
        problem: "not a number",
        remedy: "Write a number, without quotes",
      });
    }
  });
}

function tensorOf(instance: unknown, row: number): Tensor {
  if (Array.isArray(instance)) return { values: instance };
  const { features, data } = (instance ?? {}) as { features?: unknown; data?: unknown };
  if (Array.isArray(features)) return { values: features };
  const inner = ((data ?? {}) as { features?: unknown }).features;
  if (typeof inner !== "object" || inner === null) throw notFeatures(row, instance);
  return inner as Tensor;
}

function notFeatures(row: number, instance: unknown) {
  return new RequestRefused({
    row,
    value: asWritten(instance),
    problem: "no list of features",
    remedy: 'Write {"features": [1, 2.5, …]}',
  });
}

function checkKeys(keys: unknown, values: number, row: number, { counts }: FeatureRows) {
  const width = Math.max(...counts);
  const isKey = (key: unknown) => Number.isInteger(key) && Number(key) >= 0 && Number(key) < width;
  const isFit =
    Array.isArray(keys) &&
    keys.length === values &&
    keys.every(isKey) &&
    new Set(keys).size === values;
  if (isFit) return;
  throw new RequestRefused({
    row,
    value: asWritten(keys),
    problem: `not a key of its own for each of ${values} values, from 0 to ${width - 1}`,
    remedy: "Number the features from 0, and give each value its own",
  });
}

function checkShape(shape: unknown, row: number, { counts }: FeatureRows) {
  if (Array.isArray(shape) && counts.includes(Number(shape.at(-1)))) return;
  throw new RequestRefused({
    row,
    value: asWritten(shape),
    problem: `not the shape of a row of ${counts.join(" or ")} features`,
    remedy: `Write "shape": [${Math.max(...counts)}]`,
  });
}
