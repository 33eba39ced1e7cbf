/** A number with what is known of its precision. Null where JSON had to leave out what is no number. */
export interface Measured {
  value: number | null;
  interval?: { low: number | null; high: number | null } | null;
}

/** Digits of the narrowest interval's width that are seen. */
const widthDigits = 2;
/** Digits of the largest number at most, however narrow an interval: a perfect model must not make a column of noughts. */
const mostDigits = 6;
const digitsWithoutInterval = 4;

/** Below this, noughts are harder to read than a power of ten. */
const mostDecimals = 8;

/**
 * Writes numbers of one kind alike: all with as many decimals as the narrowest of their intervals needs to be seen.
 * @returns a function that writes one of them, a dash for what is no number
 */
export function sameDecimals(
  numbers: readonly Measured[],
): (value: number | null | undefined) => string {
  const decimals = Math.max(0, decimalsOf(numbers));
  return (value) => {
    if (!isNumber(value)) return "–";
    if (decimals > mostDecimals) return String(Number(value.toPrecision(digitsWithoutInterval)));
    const text = value.toFixed(decimals);
    return Number(text) === 0 ? text.replace("-", "") : text;
  };
}

/** A number with its interval, written by `write`. */
export function withInterval(
  { value, interval }: Measured,
  write: (value: number | null | undefined) => string,
): string {
  if (!interval || !isNumber(interval.low) || !isNumber(interval.high)) return write(value);
  if (interval.low === interval.high) return write(value);
  return `${write(value)} (${write(interval.low)} to ${write(interval.high)})`;
}

export function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function decimalsOf(numbers: readonly Measured[]): number {
  const widths = numbers.flatMap(({ interval }) =>
    interval && isNumber(interval.low) && isNumber(interval.high) && interval.high > interval.low
      ? [interval.high - interval.low]
      : [],
  );
  const largest = Math.max(
    0,
    ...numbers.map(({ value }) => (isNumber(value) ? Math.abs(value) : 0)),
  );
  const before = largest === 0 ? 1 : place(largest) + 1;
  if (widths.length === 0) return largest === 0 ? 0 : digitsWithoutInterval - before;
  return Math.min(widthDigits - 1 - place(Math.min(...widths)), mostDigits - before);
}

/** Of the first digit: 0 of 2.5, -1 of 0.25. */
function place(value: number): number {
  return Math.floor(Math.log10(value));
}
