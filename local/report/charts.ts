import type { BinaryScores } from "../../handlers/report-page/binary-scores.ts";
import { escapeHtml, shortNumber, svg } from "../../handlers/report-page/svg.ts";
import type { RegressionScores } from "./regression-scores.ts";

/** One bar of the timeline, in seconds since the run started. */
export interface TimelineBar {
  name: string;
  start: number;
  seconds: number;
}

export interface Importance {
  feature: string;
  /** Average gain of the splits that use the feature. */
  gain: number;
}

export function confusionMatrix(scores: BinaryScores): string {
  const cells = [
    { x: 0, y: 0, value: scores.trueNegatives, right: true },
    { x: 1, y: 0, value: scores.falsePositives, right: false },
    { x: 0, y: 1, value: scores.falseNegatives, right: false },
    { x: 1, y: 1, value: scores.truePositives, right: true },
  ];
  const drawn = cells.map(({ x, y, value, right }) => {
    const share = value / scores.rows;
    const left = 90 + x * 110;
    const top = 40 + y * 90;
    return `<rect x="${left}" y="${top}" width="104" height="84" rx="6" class="${right ? "good" : "bad"}"
      fill-opacity="${(0.15 + 0.7 * Math.sqrt(share)).toFixed(2)}"/>
      <text x="${left + 52}" y="${top + 40}" class="number">${value}</text>
      <text x="${left + 52}" y="${top + 62}" class="small middle">${(100 * share).toFixed(1)} %</text>`;
  });
  return svg(
    320,
    235,
    "Confusion matrix",
    `${drawn.join("")}
    <text x="142" y="28" class="small middle">predicted 0</text><text x="252" y="28" class="small middle">predicted 1</text>
    <text x="82" y="86" class="small end">actual 0</text><text x="82" y="176" class="small end">actual 1</text>`,
  );
}

/** Predictions over labels: the nearer to the dashed line, the better. */
export function regressionPoints({ points }: RegressionScores): string {
  const values = points.flatMap(({ label, predicted }) => [label, predicted]);
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const x = (value: number) => (60 + (260 * (value - low)) / span).toFixed(1);
  const y = (value: number) => (275 - (260 * (value - low)) / span).toFixed(1);
  const dots = points.map(
    ({ label, predicted }) => `<circle cx="${x(label)}" cy="${y(predicted)}" r="3" class="dot"/>`,
  );
  const ticks = [low, low + span / 2, low + span].map(
    (tick) => `<text x="${x(tick)}" y="292" class="small middle">${shortNumber(tick)}</text>
      <text x="54" y="${Number(y(tick)) + 4}" class="small end">${shortNumber(tick)}</text>`,
  );
  return svg(
    340,
    315,
    "Predictions over labels",
    `<rect x="60" y="15" width="260" height="260" class="frame"/>
    <path d="M${x(low)} ${y(low)}L${x(low + span)} ${y(low + span)}" class="chance"/>${dots.join("")}${ticks.join("")}
    <text x="190" y="310" class="small middle">actual</text>
    <text x="12" y="145" class="small middle" transform="rotate(-90 12 145)">predicted</text>`,
  );
}

export function importanceBars(importances: Importance[]): string {
  const most = Math.max(...importances.map(({ gain }) => gain));
  const bars = importances.map(({ feature, gain }, i) => {
    const top = i * 24;
    return `<text x="150" y="${top + 16}" class="small end">${escapeHtml(feature)}</text>
      <rect x="158" y="${top + 4}" width="${((330 * gain) / most).toFixed(1)}" height="16" rx="3" class="bar"/>
      <text x="${(164 + (330 * gain) / most).toFixed(1)}" y="${top + 16}" class="small">${gain.toFixed(1)}</text>`;
  });
  return svg(560, importances.length * 24 + 4, "Feature importance", bars.join(""));
}

export function timeline(bars: TimelineBar[]): string {
  const total = Math.max(...bars.map(({ start, seconds }) => start + seconds), 0.001);
  const rows = bars.map(({ name, start, seconds }, i) => {
    const top = i * 24;
    const left = 170 + (480 * start) / total;
    const width = Math.max((480 * seconds) / total, 1.5);
    return `<text x="162" y="${top + 16}" class="small end">${escapeHtml(name)}</text>
      <rect x="${left.toFixed(1)}" y="${top + 4}" width="${width.toFixed(1)}" height="16" rx="3" class="bar"/>
      <text x="${(left + width + 6).toFixed(1)}" y="${top + 16}" class="small">${seconds.toFixed(2)} s</text>`;
  });
  return svg(720, bars.length * 24 + 4, "Timeline of the run", rows.join(""));
}
