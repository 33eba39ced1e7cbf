import { Readable } from "node:stream";
import { churnCsv } from "../../../local/sample-data/churn.ts";

const rowsOfBlock = 10_000;
const blocks = 40;

export interface LargeCsv {
  stream: Readable;
  /** Rows that the stream has given so far. */
  rows: () => number;
}

/**
 * A churn CSV of at least so many bytes, made as it is read and kept nowhere. After 400,000 rows the customers come again, under
 * other telephone numbers.
 */
export function largeCsv(bytes: number): LargeCsv {
  let rows = 0;
  async function* content(): AsyncGenerator<string> {
    const made = Array.from({ length: blocks }, (_, seed) => linesOf(seed + 1));
    let [left, turn] = [bytes, 0];
    yield `${made[0]?.header}\n`;
    while (left > 0) {
      for (const { lines } of made) {
        const area = String(100 + (turn % 900)); // in place of the number's first three digits
        const text = lines.replaceAll(/,\d{3}-/g, `,${area}-`);
        yield text;
        rows += rowsOfBlock;
        left -= text.length;
        if (left <= 0) return;
      }
      turn += 1;
    }
  }
  return { stream: Readable.from(content()), rows: () => rows };
}

function linesOf(seed: number): { header: string; lines: string } {
  const csv = churnCsv({ rows: rowsOfBlock, seed });
  const end = csv.indexOf("\n");
  return { header: csv.slice(0, end), lines: csv.slice(end + 1) };
}
