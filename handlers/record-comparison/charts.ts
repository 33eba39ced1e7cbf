import type { Score } from "../compare-candidates/scores.ts";
import { isNumber } from "../report-page/same-decimals.ts";
import { escapeHtml, svg } from "../report-page/svg.ts";

export interface Bar {
  name: string;
  score: Score;
}

/** How far off a guess may be, in spans of the candidates, before it is only pointed at: they have to be told apart. */
const guessSpans = 1.5;

/** Scores as points with their intervals, below each other on one axis, and that of a guess without a model. */
export function intervalChart(
  title: string,
  bars: readonly Bar[],
  { guess, write }: { guess: Bar | undefined; write: (value: number) => string },
): string {
  const ofCandidates = rangeOf(bars);
  const reach = guessSpans * (ofCandidates.high - ofCandidates.low);
  const shown =
    guess &&
    (reach === 0 ||
      (guess.score.value >= ofCandidates.low - reach &&
        guess.score.value <= ofCandidates.high + reach));
  const axis = shown ? rangeOf([...bars, guess]) : ofCandidates;
  const { low } = axis;
  const span = axis.high - low || 1;
  const x = (value: number) => (180 + (340 * (value - low)) / span).toFixed(1);
  const rows = bars.map((bar, index) => scoreRow(bar, 22 + index * 30, "", { x, write }));
  const last = 22 + bars.length * 30;
  if (guess && shown) rows.push(scoreRow(guess, last, " guess", { x, write }));
  else if (guess) rows.push(farGuess(guess, last, { isLess: guess.score.value < low, write }));
  const bottom = 30 + (bars.length + (guess ? 1 : 0)) * 30;
  const ends = axis.high === low ? [low] : [low, low + span / 2, axis.high];
  const ticks = ends.map(
    (tick) =>
      `<text x="${x(tick)}" y="${bottom}" class="small middle">${escapeHtml(write(tick))}</text>`,
  );
  return svg(660, bottom + 12, escapeHtml(title), `${rows.join("")}${ticks.join("")}`);
}

/** From the lowest to the highest end of all intervals. */
function rangeOf(bars: readonly Bar[]): { low: number; high: number } {
  const ends = bars.flatMap(({ score }) => {
    const { low, high } = intervalOf(score);
    return [score.value, low, high];
  });
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

/** The score itself where it has no interval, or one of which JSON lost an end. */
function intervalOf({ value, interval }: Score): { low: number; high: number } {
  return interval && isNumber(interval.low) && isNumber(interval.high)
    ? interval
    : { low: value, high: value };
}

function scoreRow(
  { name, score }: Bar,
  y: number,
  kind: "" | " guess",
  { x, write }: { x: (value: number) => string; write: (value: number) => string },
): string {
  const { low, high } = intervalOf(score);
  return `<text x="168" y="${y + 4}" class="small end">${escapeHtml(name)}</text>
      <path d="M${x(low)} ${y}H${x(high)}M${x(low)} ${y - 6}v12M${x(high)} ${y - 6}v12" class="curve${kind}"/>
      <circle cx="${x(score.value)}" cy="${y}" r="5" class="bar${kind}"/>
      <text x="540" y="${y + 4}" class="small">${escapeHtml(write(score.value))}</text>`;
}

/** An arrow to where it would be, and how much it is. */
function farGuess(
  { name, score }: Bar,
  y: number,
  { isLess, write }: { isLess: boolean; write: (value: number) => string },
): string {
  const [from, to, back] = isLess ? [220, 182, 7] : [480, 518, -7];
  return `<text x="168" y="${y + 4}" class="small end">${escapeHtml(name)}</text>
      <path d="M${from} ${y}H${to}m${back} -5L${to} ${y}l${back} 5" class="curve guess"/>
      <text x="540" y="${y + 4}" class="small">${escapeHtml(write(score.value))}</text>`;
}

/** Short enough to stand beside an axis. */
function tickLabel(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Dots, at most so many: more hide each other. */
const drawnPoints = 400;

/** One value over another, with the line on which they are equal, or the line 0. */
export function scatterChart(
  title: string,
  points: readonly { x: number; y: number }[],
  { across, up, line }: { across: string; up: string; line: "equal" | "zero" },
): string {
  const step = Math.ceil(points.length / drawnPoints);
  const shown = points.filter((_, index) => index % step === 0);
  const xs = shown.map((point) => point.x);
  const ys = shown.map((point) => point.y);
  const together = line === "equal" ? [...xs, ...ys] : xs;
  const [left, right] = [Math.min(...together), Math.max(...together)];
  const [bottom, top] = line === "equal" ? [left, right] : [Math.min(0, ...ys), Math.max(0, ...ys)];
  const x = (value: number) => (60 + (260 * (value - left)) / (right - left || 1)).toFixed(1);
  const y = (value: number) => (275 - (260 * (value - bottom)) / (top - bottom || 1)).toFixed(1);
  const dots = shown.map(
    (point) => `<circle cx="${x(point.x)}" cy="${y(point.y)}" r="3" class="dot"/>`,
  );
  const ideal =
    line === "equal"
      ? `M${x(left)} ${y(left)}L${x(right)} ${y(right)}`
      : `M${x(left)} ${y(0)}L${x(right)} ${y(0)}`;
  const ticks = `${[left, (left + right) / 2, right]
    .map((tick) => `<text x="${x(tick)}" y="292" class="small middle">${tickLabel(tick)}</text>`)
    .join("")}${[bottom, (bottom + top) / 2, top]
    .map(
      (tick) =>
        `<text x="54" y="${Number(y(tick)) + 4}" class="small end">${tickLabel(tick)}</text>`,
    )
    .join("")}`;
  return svg(
    340,
    315,
    escapeHtml(title),
    `<rect x="60" y="15" width="260" height="260" class="frame"/><path d="${ideal}" class="chance"/>${dots.join("")}${ticks}
    <text x="190" y="310" class="small middle">${escapeHtml(across)}</text>
    <text x="12" y="145" class="small middle" transform="rotate(-90 12 145)">${escapeHtml(up)}</text>`,
  );
}

/** Values in the order in which they came. */
export interface Line {
  name: string;
  values: readonly number[];
}

const lineKinds = ["", " second", " third"];

/** Lines on one pair of axes, each over the whole width: one may have a value a round, another one an epoch. */
export function lineChart(title: string, lines: readonly Line[]): string {
  const all = lines.flatMap(({ values }) => values);
  const low = all.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = all.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const y = (value: number) => (165 - (150 * (value - low)) / (high - low || 1)).toFixed(1);
  const paths = lines.map(({ values }, index) => {
    const x = (place: number) => (60 + (260 * place) / (values.length - 1)).toFixed(1);
    const path = values.map((value, place) => `${place ? "L" : "M"}${x(place)} ${y(value)}`);
    return `<path d="${path.join("")}" class="curve${lineKinds[index] ?? " third"}"/>`;
  });
  const names = lines.map(
    ({ name }, index) =>
      `<text x="${60 + index * 70}" y="10" class="name${lineKinds[index] ?? " third"}">${escapeHtml(name)}</text>`,
  );
  const lengths = new Set(lines.map(({ values }) => values.length));
  const [first, last] = lengths.size === 1 ? ["1", [...lengths].join()] : ["start", "end"];
  return svg(
    340,
    205,
    escapeHtml(title),
    `<rect x="60" y="15" width="260" height="150" class="frame"/>${paths.join("")}${names.join("")}
    <text x="54" y="${Number(y(low)) + 4}" class="small end">${tickLabel(low)}</text>
    <text x="54" y="${Number(y(high)) + 4}" class="small end">${tickLabel(high)}</text>
    <text x="60" y="182" class="small middle">${first}</text><text x="320" y="182" class="small middle">${last}</text>
    <text x="190" y="200" class="small middle">${escapeHtml(title)} over rounds or epochs</text>`,
  );
}
