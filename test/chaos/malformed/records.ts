/** RecordIO-protobuf, as far as requests need it. */

const field = (tag: number, content: Uint8Array) =>
  Buffer.concat([Buffer.from([tag, content.length]), content]);
const float32s = (values: number[]) => Buffer.from(new Float32Array(values).buffer);

/** A record whose features are this tensor of 32-bit numbers. */
export function record(tensor: Uint8Array): Buffer {
  const value = Buffer.concat([
    field(0x0a, Buffer.from("values")),
    field(0x12, field(0x12, tensor)),
  ]);
  return field(0x0a, value);
}

export const dense = (...values: number[]) => record(field(0x0a, float32s(values)));

/** One value of 1 at each key; a key that is none has NaN for a value, at 1. */
export function sparse(...keys: number[]): Buffer {
  const values = keys.map((key) => (Number.isNaN(key) ? key : 1));
  const numbers = keys.map((key) => (Number.isNaN(key) ? 1 : key));
  return record(Buffer.concat([field(0x0a, float32s(values)), field(0x12, Buffer.from(numbers))]));
}

/** Frames of RecordIO: magic number, length, record, padding to four bytes. */
export function frames(...records: Uint8Array[]): Buffer {
  return Buffer.concat(
    records.map((content) => {
      const head = Buffer.alloc(8);
      head.writeUInt32LE(0xced7230a, 0);
      head.writeUInt32LE(content.length, 4);
      return Buffer.concat([head, content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
    }),
  );
}
