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
  /** Whether one more row is asked about, at the end: its answer is of no use. */
  oneMore: boolean;
}

/**
 * Bytes of a request: well within the 6 MB that SageMaker takes, and small enough to be answered within its 60 seconds.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/sagemaker.html
 */
export const maxRequestBytes = 1_000_000;
/** Answers have limits too, and with hundreds of classes a row's is longer than the row. */
export const maxRequestRows = 1000;

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

/**
 * Requests for the rows, in their order.
 *
 * XGBoost's container counts the rows of libsvm up to the last one that has a feature: where a request would end in rows that
 * have none, which is all zeros, one that has some follows them.
 *
 * @throws Error for a row that no request can hold
 */
export async function* batches(
  format: CandidateFormat,
  lines: AsyncIterable<string>,
  limits = { bytes: maxRequestBytes, rows: maxRequestRows },
): AsyncGenerator<Batch> {
  const hasFeature = (line: string) => format === "csv" || line.includes(":");
  let further: string | undefined;
  let waiting: string[] = [];
  let bytes = 0;
  const flush = (): Batch => {
    const more = hasFeature(waiting.at(-1) ?? "") || further === undefined ? [] : [further];
    const body = [...waiting, ...more].join("\n");
    return { body, rows: waiting.length, oneMore: more.length > 0 };
  };
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
    if (hasFeature(line)) further = line;
    waiting.push(line);
    bytes += size;
  }
  if (waiting.length > 0) yield flush();
}
