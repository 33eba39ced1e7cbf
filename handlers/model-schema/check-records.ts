import type { FeatureRows, RowSchema } from "./model-schema.ts";
import { type Fields, floats, int64s, readFields } from "./protobuf.ts";
import { RequestRefused } from "./request-refused.ts";

const magic = 0xced7230a;

/** Fields of `Record` and of its tensors: https://github.com/aws/sagemaker-python-sdk `amazon/record.proto`. */
const features = 1;
const mapValue = 2;
const tensors = [
  ["float32", 2],
  ["float64", 3],
  ["int32", 7],
] as const;
const numbersOf = {
  float32: (contents: Uint8Array[]) => floats(contents, 4),
  float64: (contents: Uint8Array[]) => floats(contents, 8),
  int32: int64s,
};
const tensorValues = 1;
const tensorKeys = 2;

/** @throws RequestRefused unless each record of RecordIO has the model's features, those of a sparse one within its width */
export function checkRecords(body: Uint8Array, rows: RowSchema): string | undefined {
  let row = 0;
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  for (let at = 0; at < body.length; ) {
    row += 1;
    const length = at + 8 <= body.length ? view.getUint32(at + 4, true) & 0x1fffffff : undefined;
    if (length === undefined || view.getUint32(at, true) !== magic) throw broken(row);
    const end = at + 8 + length;
    if (end > body.length) throw broken(row);
    if (rows.kind === "features") checkRecord(body.subarray(at + 8, end), row, rows);
    at = end + ((4 - (length % 4)) % 4);
  }
  if (rows.kind === "features") return undefined;
  return rows.kind === "unknown" ? rows.why : `records of ${rows.kind} are not checked`;
}

function checkRecord(record: Uint8Array, row: number, { counts, missing }: FeatureRows) {
  const entries = parsed(record, row).get(features) ?? [];
  const [entry] = entries;
  const [value] = entry ? (parsed(entry, row).get(mapValue) ?? []) : [];
  const fields: Fields = value ? parsed(value, row) : new Map();
  const kind = tensors.find(([, field]) => fields.has(field));
  if (kind === undefined || entries.length > 1) {
    throw new RequestRefused({
      row,
      problem: "a record without numbers as features, or with several such",
      remedy: "Write features as a tensor of float32",
    });
  }
  const tensor = parsed(fields.get(kind[1])?.[0] ?? new Uint8Array(), row);
  const width = Math.max(...counts);
  const keys = int64s(tensor.get(tensorKeys) ?? []);
  const values = numbersOf[kind[0]](tensor.get(tensorValues) ?? []);
  if (keys.length > 0) checkKeys(keys, values.length, row, width);
  else if (!counts.includes(values.length)) {
    throw new RequestRefused({
      row,
      problem: `${values.length} features, and the model was trained on ${counts.join(" or ")}`,
      remedy: "Give each record all features, in the order of training",
    });
  }
  const wrong = values.findIndex(
    (value) => !Number.isFinite(value) && !(Number.isNaN(value) && missing === "allowed"),
  );
  if (wrong < 0) return;
  throw new RequestRefused({
    row,
    column: (keys[wrong] ?? wrong) + 1,
    value: String(values[wrong]),
    problem: "not a finite number",
    remedy: "Write the number that ETL would have put there, or leave the record out",
  });
}

function checkKeys(keys: number[], values: number, row: number, width: number) {
  const wrong = keys.find((key) => key >= width);
  if (wrong !== undefined) {
    throw new RequestRefused({
      row,
      value: String(wrong),
      problem: `a key beyond ${width - 1}, the last feature that the model was trained on`,
      remedy: "Number the features from 0, as training did",
    });
  }
  if (keys.length === values && new Set(keys).size === values) return;
  throw new RequestRefused({
    row,
    problem: `not a key of its own for each of ${values} values`,
    remedy: "Give each value the number of its feature, and each feature once",
  });
}

function parsed(message: Uint8Array, row: number): Fields {
  const fields = readFields(message);
  if (fields === undefined) throw broken(row);
  return fields;
}

function broken(row: number) {
  return new RequestRefused({
    row,
    problem: "no record of RecordIO-protobuf here",
    remedy: "Write the file again with a library for it; it may be cut off",
  });
}
