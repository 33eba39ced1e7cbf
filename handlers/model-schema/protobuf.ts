/** Contents of a message's fields, by number, each as often as it occurs. */
export type Fields = Map<number, Uint8Array[]>;

/**
 * Reads one message, not what is in its fields (https://protobuf.dev/programming-guides/encoding).
 *
 * @returns undefined for what is no message
 */
export function readFields(message: Uint8Array): Fields | undefined {
  const fields: Fields = new Map();
  const reader = { bytes: message, at: 0 };
  while (reader.at < message.length) {
    const tag = readVarint(reader);
    if (tag === undefined) return undefined;
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    const length = lengthOf(wireType, reader);
    if (length === undefined || reader.at + length > message.length) return undefined;
    const content = message.subarray(reader.at, reader.at + length);
    fields.set(number, [...(fields.get(number) ?? []), content]);
    reader.at += length;
  }
  return fields;
}

function lengthOf(wireType: number, reader: Reader): number | undefined {
  switch (wireType) {
    case 0: {
      const after = { ...reader };
      return readVarint(after) === undefined ? undefined : after.at - reader.at;
    }
    case 1:
      return 8;
    case 2:
      return readVarint(reader);
    case 5:
      return 4;
    default:
      return undefined;
  }
}

/** Numbers of 32 or 64 bits: packed, or each in a field of its own. */
export function floats(contents: readonly Uint8Array[], bytes: 4 | 8): number[] {
  return contents.flatMap((content) => {
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    return Array.from({ length: Math.floor(content.length / bytes) }, (_, i) =>
      bytes === 4 ? view.getFloat32(i * 4, true) : view.getFloat64(i * 8, true),
    );
  });
}

/** Whole numbers: packed, or each in a field of its own. */
export function int64s(contents: readonly Uint8Array[]): number[] {
  return contents.flatMap((bytes) => {
    const numbers: number[] = [];
    const reader = { bytes, at: 0 };
    for (let next = readVarint(reader); next !== undefined; next = readVarint(reader)) {
      numbers.push(next);
    }
    return numbers;
  });
}

interface Reader {
  bytes: Uint8Array;
  at: number;
}

function readVarint(reader: Reader): number | undefined {
  let value = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = reader.bytes[reader.at];
    if (byte === undefined) return undefined;
    reader.at += 1;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  return undefined;
}
