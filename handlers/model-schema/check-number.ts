import { type RequestProblem, RequestRefused } from "./request-refused.ts";

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const notANumber = /^[+-]?nan$/i;
const infinity = /^[+-]?inf(inity)?$/i;

type Place = Pick<RequestProblem, "row" | "column" | "name">;

/**
 * One feature, as text.
 *
 * @throws RequestRefused unless a container reads a finite number of 32 bits from it; or none at all, where missing values
 * are allowed
 */
export function checkNumber(text: string, missing: "allowed" | "refused", place: Place): void {
  const value = text.trim();
  if (decimal.test(value)) {
    if (Number.isFinite(Math.fround(Number(value)))) return;
    throw new RequestRefused({
      ...place,
      value: text,
      problem: "too large for a number of 32 bits, as models read them: it would be infinite",
      remedy: "Write a number below 3.4e38",
    });
  }
  if (value === "" || notANumber.test(value)) {
    if (missing === "allowed") return;
    throw new RequestRefused({
      ...place,
      value: text,
      problem: "a missing value, and the model was trained on none",
      remedy: "Write the number that ETL would have put there, or leave the row out",
    });
  }
  throw new RequestRefused({
    ...place,
    value: text,
    problem: infinity.test(value) ? "infinity is no feature" : "not a number",
    remedy: "Write a number, such as 1, 0.5 or -2e-3, without quotes or units",
  });
}
