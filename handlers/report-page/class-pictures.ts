import type { BinaryScores } from "./binary-scores.ts";
import type { ClassScores } from "./class-scores.ts";
import { escapeHtml, svg } from "./svg.ts";

/** Classes up to which a matrix can be read. */
export const drawnClasses = 15;

export function rocCurve({ roc }: Pick<BinaryScores, "roc">): string {
  const x = (rate: number) => 45 + rate * 220;
  const y = (rate: number) => 235 - rate * 220;
  const path = roc
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
export function classMatrix({ classes, counts }: Pick<ClassScores, "classes" | "counts">): string {
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
