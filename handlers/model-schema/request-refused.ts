/** Where in a request something is wrong. Rows and columns are counted from 1. */
export interface RequestProblem {
  row?: number;
  column?: number;
  /** Of the column, where it is known. */
  name?: string | undefined;
  /** What stands there, as it stands there. */
  value?: string | undefined;
  /** What is wrong, as a sentence without a full stop. */
  problem: string;
  /** What to do, as a sentence without a full stop. */
  remedy: string;
}

const maxShown = 60;

/** The request is not what the model was trained on: it would be refused, or answered with nonsense. */
export class RequestRefused extends Error {
  override readonly name = "RequestRefused";
  readonly detail: RequestProblem;

  constructor(detail: RequestProblem) {
    const { row, column, name, value, problem, remedy } = detail;
    const place = [
      row !== undefined && `row ${row}`,
      column !== undefined && `column ${column}${name === undefined ? "" : ` (${name})`}`,
      value !== undefined && `value ${shown(value)}`,
    ].filter((part) => part !== false);
    super(`${place.length > 0 ? `${place.join(", ")}: ` : ""}${problem}. ${remedy}`);
    this.detail = detail;
  }
}

/** A value of JSON as it stands there. */
export function asWritten(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // nested so deep that it can be read, and not be written
    if (error instanceof RangeError) return Array.isArray(value) ? "[…]" : "{…}";
    throw error;
  }
}

function shown(value: string): string {
  const text = value.length > maxShown ? `${value.slice(0, maxShown)}…` : value;
  return JSON.stringify(text);
}
