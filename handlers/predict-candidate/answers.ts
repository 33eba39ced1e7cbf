import type { Answer } from "../../components/algorithms/comparable.ts";
import type { Predictions } from "../compare-candidates/predictions.ts";

/** An answer that cannot be read as predictions: of the candidate, not of the data. */
export class UnreadableAnswer extends Error {
  override readonly name = "UnreadableAnswer";
}

/**
 * Predictions in the answer of an endpoint, or in a file of a batch transform.
 *
 * @throws UnreadableAnswer where an entry is not what the answer is said to hold
 */
export function readAnswer({ kind, format }: Answer, text: string): Predictions {
  const entries = format === "csv" ? csvEntries(text, kind !== "probabilities") : jsonEntries(text);
  switch (kind) {
    case "value":
      return { values: entries.map((entry) => numberOf(entry.score ?? entry.label)) };
    case "class":
      return { values: entries.map((entry) => classOf(entry.label ?? entry.score)) };
    case "probability": {
      const shares = entries.map(({ score }) => shareOf(score));
      return {
        values: entries.map(({ label }, row) =>
          label === undefined ? Number((shares[row] as number) >= 0.5) : classOf(label),
        ),
        probabilities: shares.map((share) => [1 - share, share]),
      };
    }
    case "probabilities": {
      const rows = entries.map(({ score }) => listOf(score).map(shareOf));
      return {
        values: entries.map(({ label }, row) =>
          label === undefined ? mostLikely(rows[row] as number[]) : classOf(label),
        ),
        probabilities: rows,
      };
    }
  }
}

/** Of one row. */
interface Entry {
  /** A number, or a list of them. */
  score?: unknown;
  /** `predicted_label`. */
  label?: unknown;
}

/**
 * A line for each row; XGBoost's containers up to 1.2-1 put commas between rows instead.
 *
 * @param oneValue whether a row has one value: then every value is of a row of its own
 */
function csvEntries(text: string, oneValue: boolean): Entry[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.flatMap((line) => {
    // several values of one row may stand in brackets
    const rows = [...line.matchAll(/\[([^\]]*)\]/g)].map(([, row = ""]) => numbersOf(row));
    if (rows.length > 0) return rows.map((score) => ({ score }));
    const numbers = numbersOf(line);
    if (oneValue) return numbers.map((score) => ({ score }));
    return [{ score: numbers.length === 1 ? numbers[0] : numbers }];
  });
}

function numbersOf(text: string): (number | undefined)[] {
  return text.split(",").map((field) => (field.trim() === "" ? undefined : Number(field)));
}

/** `{"predictions": [...]}`, or such an object or a single prediction in each line. */
function jsonEntries(text: string): Entry[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .flatMap((line) => {
      const parsed = parse(line);
      return isObject(parsed) && Array.isArray(parsed.predictions) ? parsed.predictions : [parsed];
    })
    .map((prediction: unknown) => {
      if (!isObject(prediction)) throw unreadable(prediction, "a prediction");
      return { score: prediction.score, label: prediction.predicted_label };
    });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw unreadable(line, "JSON");
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw unreadable(value, "a number");
}

function shareOf(value: unknown): number {
  const share = numberOf(value);
  // containers compute in single precision
  if (share >= -1e-6 && share <= 1 + 1e-6) return Math.min(1, Math.max(0, share));
  throw unreadable(value, "a probability");
}

function classOf(value: unknown): number {
  const label = numberOf(value);
  if (Number.isInteger(label) && label >= 0) return label;
  throw unreadable(value, "a class");
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw unreadable(value, "a probability for each class");
}

function mostLikely(shares: number[]): number {
  return shares.indexOf(Math.max(...shares));
}

function unreadable(value: unknown, wanted: string): UnreadableAnswer {
  const text = typeof value === "string" ? value : String(JSON.stringify(value));
  return new UnreadableAnswer(
    `the model answered ${text.slice(0, 200)} where ${wanted} was expected`,
  );
}
