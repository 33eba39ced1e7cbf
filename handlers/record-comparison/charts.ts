import type { Score } from "../compare-candidates/scores.ts";
import { escapeHtml, shortNumber, svg } from "../report-page/svg.ts";

export interface Bar {
  name: string;
  score: Score;
}

/** Scores as points with their intervals, below each other on one axis. */
export function intervalChart(title: string, bars: readonly Bar[]): string {
  const ends = bars.flatMap(({ score }) => [
    score.value,
    score.interval?.low ?? score.value,
    score.interval?.high ?? score.value,
  ]);
  const low = Math.min(...ends);
  const span = Math.max(...ends) - low || 1;
  const x = (value: number) => 180 + (380 * (value - low)) / span;
  const rows = bars.map(({ name, score }, index) => {
    const y = 22 + index * 30;
    const range = score.interval ?? { low: score.value, high: score.value };
    return `<text x="168" y="${y + 4}" class="small end">${escapeHtml(name)}</text>
      <path d="M${x(range.low).toFixed(1)} ${y}H${x(range.high).toFixed(1)}M${x(range.low).toFixed(1)} ${y - 6}v12M${x(range.high).toFixed(1)} ${y - 6}v12" class="curve"/>
      <circle cx="${x(score.value).toFixed(1)}" cy="${y}" r="5" class="bar"/>
      <text x="580" y="${y + 4}" class="small">${shortNumber(score.value)}</text>`;
  });
  const bottom = 30 + bars.length * 30;
  const ticks = [low, low + span / 2, low + span].map(
    (tick) =>
      `<text x="${x(tick).toFixed(1)}" y="${bottom}" class="small middle">${shortNumber(tick)}</text>`,
  );
  return svg(660, bottom + 12, escapeHtml(title), `${rows.join("")}${ticks.join("")}`);
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
export function lineChart(title: string, values: readonly number[]): string {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const x = (index: number) => (60 + (260 * index) / (values.length - 1)).toFixed(1);
  const y = (value: number) => (165 - (150 * (value - low)) / span).toFixed(1);
  const path = values.map((value, index) => `${index ? "L" : "M"}${x(index)} ${y(value)}`).join("");
  return svg(
    340,
    205,
    escapeHtml(title),
    `<rect x="60" y="15" width="260" height="150" class="frame"/><path d="${path}" class="curve"/>
    <text x="54" y="${Number(y(low)) + 4}" class="small end">${tickLabel(low)}</text>
    <text x="54" y="${Number(y(low + span)) + 4}" class="small end">${tickLabel(low + span)}</text>
    <text x="60" y="182" class="small middle">1</text><text x="320" y="182" class="small middle">${values.length}</text>
    <text x="190" y="200" class="small middle">${escapeHtml(title)}</text>`,
  );
}
