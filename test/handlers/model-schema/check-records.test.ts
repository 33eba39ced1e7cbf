import { expect } from "chai";
import { checkRequest } from "../../../handlers/model-schema/check-request.ts";
import type { RowSchema } from "../../../handlers/model-schema/model-schema.ts";

const features: RowSchema = { kind: "features", counts: [3], names: null, missing: "refused" };

function check(body: Uint8Array, rows: RowSchema = features) {
  const schema = { schemaVersion: 1 as const, title: "t", algorithm: null, trainedOn: "x", rows };
  try {
    return checkRequest(schema, "application/x-recordio-protobuf", body);
  } catch (error) {
    return (error as Error).message;
  }
}

const field = (tag: number, content: Uint8Array) =>
  Buffer.concat([Buffer.from([tag, content.length]), content]);
const float32s = (values: number[]) => Buffer.from(new Float32Array(values).buffer);

/** A record whose features are a tensor, in the field of the kind that `tag` says. */
function record(tensor: Uint8Array, tag = 0x12) {
  return field(
    0x0a,
    Buffer.concat([field(0x0a, Buffer.from("values")), field(0x12, field(tag, tensor))]),
  );
}

/** Frames of RecordIO: magic number, length, record, padding to four bytes. */
function frames(...records: Uint8Array[]) {
  return Buffer.concat(
    records.map((content) => {
      const head = Buffer.alloc(8);
      head.writeUInt32LE(0xced7230a, 0);
      head.writeUInt32LE(content.length, 4);
      return Buffer.concat([head, content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
    }),
  );
}

const dense = (...values: number[]) => record(field(0x0a, float32s(values)));
const sparse = (...keys: number[]) =>
  record(Buffer.concat([field(0x0a, float32s(keys)), field(0x12, Buffer.from(keys))]));

describe("checkRequest, of RecordIO-protobuf", () => {
  it("sends records with the model's features, dense, sparse or of another type", () => {
    const doubles = Buffer.from(new Float64Array([1, 2, 3]).buffer);

    expect(check(frames(dense(1, 2, 3), dense(4, 5, 6)))).to.equal(undefined);
    expect(check(frames(sparse(0, 2)))).to.equal(undefined);
    expect(check(frames(record(field(0x0a, doubles), 0x1a)))).to.equal(undefined);
    expect(check(frames(record(field(0x0a, Buffer.from([1, 2, 3])), 0x3a)))).to.equal(undefined);
  });

  for (const [what, body, part] of [
    ["too few", frames(dense(1, 2, 3), dense(1, 2)), "row 2: 2 features"],
    ["too many", frames(dense(1, 2, 3, 4)), "row 1: 4 features"],
    ["a key beyond the last", frames(sparse(0, 3)), 'row 1, value "3": a key beyond 2'],
    ["NaN", frames(dense(1, Number.NaN, 3)), 'row 1, column 2, value "NaN": not a finite number'],
    ["infinity", frames(dense(1, 2, Number.POSITIVE_INFINITY)), "row 1, column 3"],
    ["no features", frames(Buffer.alloc(0)), "row 1: a record without numbers"],
    ["text", Buffer.from("1,2,3"), "row 1: no record of RecordIO-protobuf"],
    ["a record that is cut off", frames(dense(1, 2, 3)).subarray(0, 20), "row 1: no record"],
    ["a message that is cut off", frames(dense(1, 2, 3).subarray(0, 9)), "row 1: no record"],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(check(body)).to.contain(part);
    });
  }

  it("looks at the frames where nothing is known of the rows", () => {
    const rows: RowSchema = { kind: "unknown", why: "the data are elsewhere" };

    expect(check(frames(dense(1)), rows)).to.equal("the data are elsewhere");
    expect(check(Buffer.from("text here"), rows)).to.contain("no record");
  });
});
