import { escapeHtml, shortNumber, svg } from "../../handlers/report-page/svg.ts";
import type { BinaryScores } from "./binary-scores.ts";
import type { ClassScores } from "./class-scores.ts";
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

export function rocCurve(scores: BinaryScores): string {
  const x = (rate: number) => 45 + rate * 220;
  const y = (rate: number) => 235 - rate * 220;
  const path = scores.roc
    .map(
      (p, i) =>
        `${i ? "L" : "M"}${x(p.falsePositiveRate).toFixed(1)} ${y(p.truePositiveRate).toFixed(1)}`,
    )
    .join("");
  const ticks = [0, 0.5, 1]
    .map(
      (t) => `<text x="${x(t)}" y="252" class="small middle">${t}</text>
        <text x="38" y="${y(t) + 4}" class="small end">${t}</text>`,
    )
    .join("");
  return svg(
    320,
    280,
    "ROC curve",
    `<rect x="45" y="15" width="220" height="220" class="frame"/>
    <path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" class="chance"/><path d="${path}" class="curve"/>${ticks}
    <text x="155" y="272" class="small middle">false positive rate</text>
    <text x="14" y="125" class="small middle" transform="rotate(-90 14 125)">true positive rate</text>`,
  );
}

/** Rows by label and answer, in as many fields as there are classes squared. */
export function classMatrix({ classes, counts }: ClassScores): string {
  const cell = Math.min(64, 480 / classes.length);
  const most = Math.max(...counts.flat());
  const name = (i: number) => escapeHtml(String(classes[i]));
  const drawn = counts.flatMap((row, y) =>
    row.map((count, x) => {
      const left = 90 + x * cell;
      const top = 40 + y * cell;
      return `<rect x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${(cell - 3).toFixed(1)}" height="${(cell - 3).toFixed(1)}" rx="4"
      class="${x === y ? "good" : "bad"}" fill-opacity="${count === 0 ? 0.06 : (0.15 + 0.7 * Math.sqrt(count / most)).toFixed(2)}"/>
      <text x="${(left + cell / 2 - 1.5).toFixed(1)}" y="${(top + cell / 2 + 4).toFixed(1)}" class="count">${count}</text>`;
    }),
  );
  const heads = classes.map(
    (
      _,
      i,
    ) => `<text x="${(90 + (i + 0.5) * cell).toFixed(1)}" y="32" class="small middle">${name(i)}</text>
      <text x="82" y="${(44 + (i + 0.5) * cell).toFixed(1)}" class="small end">${name(i)}</text>`,
  );
  const side = classes.length * cell;
  return svg(
    110 + side,
    52 + side,
    "Confusion matrix",
    `${drawn.join("")}${heads.join("")}<text x="${90 + side / 2}" y="14" class="small middle">predicted class</text>
    <text x="14" y="${40 + side / 2}" class="small middle" transform="rotate(-90 14 ${40 + side / 2})">actual class</text>`,
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
