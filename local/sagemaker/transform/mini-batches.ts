export interface Splitting {
  /** Whether records end at line breaks; else an object is one record, whatever the strategy. */
  byLine: boolean;
  /** As many records in a payload as fit, or one. */
  strategy: "MultiRecord" | "SingleRecord";
  /** Bytes that a payload may have. */
  maxBytes: number;
}

/** A record, or an object that is not split, that is longer than a payload may be. */
export class RecordTooLong extends Error {}

const LINE_BREAK = 0x0a;

/**
 * Payloads of one object, in its order. Records keep their line breaks in a payload of many; a single record comes without.
 * @throws RecordTooLong
 */
export async function* miniBatches(
  chunks: AsyncIterable<Buffer>,
  { byLine, strategy, maxBytes }: Splitting,
): AsyncGenerator<Buffer> {
  if (byLine && strategy === "SingleRecord") {
    yield* lines(chunks, maxBytes);
    return;
  }
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes <= maxBytes) continue;
    let rest = Buffer.concat(held);
    while (rest.length > maxBytes) {
      const end = byLine ? rest.lastIndexOf(LINE_BREAK, maxBytes - 1) + 1 : 0;
      if (end === 0) throw tooLong(maxBytes);
      yield rest.subarray(0, end);
      rest = rest.subarray(end);
    }
    held = [rest];
    bytes = rest.length;
  }
  if (bytes > 0) yield Buffer.concat(held);
}

async function* lines(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (;;) {
      const end = rest.indexOf(LINE_BREAK, start);
      const length = (end === -1 ? rest.length : end) - start;
      if (length > maxBytes) throw tooLong(maxBytes);
      if (end === -1) break;
      yield rest.subarray(start, end);
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
  if (rest.length > 0) yield rest;
}

function tooLong(maxBytes: number): RecordTooLong {
  return new RecordTooLong(`Too much data for max payload size of ${maxBytes} bytes`);
}
