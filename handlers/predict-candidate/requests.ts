import type { CandidateFormat } from "../../stacks/comparison-config.ts";

/** A row of the test split. */
export interface TestRow {
  label: number;
  /** What is asked about it: the row without its label. */
  line: string;
}

/** Rows that go into one request. */
export interface Batch {
  body: string;
  rows: number;
}

/**
 * Bytes of a request: well within the 6 MB that SageMaker takes, and small enough to be answered within its 60 seconds.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/sagemaker.html
 */
export const maxRequestBytes = 1_000_000;
export const maxRequestRows = 5000;

/**
 * A line of the test split, label first.
 *
 * Readers of libsvm take the first word of a line for a label, so one stays there: 0 in every row, which tells the model
 * nothing.
 *
 * @throws Error for a row without a label, as a script of the user's own may write it
 */
export function testRow(format: CandidateFormat, line: string): TestRow {
  const end = line.indexOf(format === "csv" ? "," : " ");
  const text = end === -1 ? line : line.slice(0, end);
  const label = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(label)) {
    throw new Error(
      `a row of the test split has ${JSON.stringify(text.slice(0, 60))} as its label`,
    );
  }
  const rest = end === -1 ? "" : line.slice(end + 1);
  return { label, line: format === "csv" ? rest : `0 ${rest}`.trimEnd() };
}

/** @throws Error for a row that no request can hold */
export async function* batches(
  lines: AsyncIterable<string>,
  limits = { bytes: maxRequestBytes, rows: maxRequestRows },
): AsyncGenerator<Batch> {
  let waiting: string[] = [];
  let bytes = 0;
  const flush = (): Batch => ({ body: waiting.join("\n"), rows: waiting.length });
  for await (const line of lines) {
    const size = Buffer.byteLength(line) + 1;
    if (size > limits.bytes) {
      throw new Error(`a test row has ${size} bytes, and a request holds ${limits.bytes}`);
    }
    if (waiting.length > 0 && (bytes + size > limits.bytes || waiting.length >= limits.rows)) {
      yield flush();
      waiting = [];
      bytes = 0;
    }
    waiting.push(line);
    bytes += size;
  }
  if (waiting.length > 0) yield flush();
}
