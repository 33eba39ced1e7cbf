import { lineChart } from "./charts.ts";
import type { Curves } from "./training-curves.ts";

/** Curves of training, those of one metric together: training that goes on getting better where validation does not is overfitting. */
export function curvePictures(curves: Curves): string[] {
  const byMetric = new Map<string, { name: string; values: number[] }[]>();
  for (const [name, values] of Object.entries(curves)) {
    const [, split = name, metric = name] = /^(train|validation|test):(.+)$/.exec(name) ?? [];
    byMetric.set(metric, [...(byMetric.get(metric) ?? []), { name: split, values }]);
  }
  return [...byMetric].map(([metric, lines]) =>
    lineChart(
      metric,
      lines.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name)),
    ),
  );
}

/** So that each split has its colour in every picture. */
const order = ["train", "validation", "test"];
