import type { ComparisonTask } from "../../components/comparison-metrics.ts";
import { lineChart } from "./charts.ts";
import type { Curves } from "./training-curves.ts";

/** Curves of training, those of one metric together: training that goes on getting better where validation does not is overfitting. */
export function curvePictures(curves: Curves, task: ComparisonTask): string[] {
  const byMetric = new Map<string, { name: string; values: number[] }[]>();
  for (const [name, values] of Object.entries(curves)) {
    const [, split = name, metric = name] = /^(train|validation|test):(.+)$/.exec(name) ?? [];
    const picture = task === "regression" && name === onNormalizedLabels ? name : metric;
    byMetric.set(picture, [...(byMetric.get(picture) ?? []), { name: split, values }]);
  }
  return [...byMetric].map(([metric, lines]) =>
    lineChart(
      metric,
      lines.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name)),
    ),
  );
}

/** Linear Learner's loss of the training rows is in other units than that of the validation rows: of labels as it normalizes them. */
const onNormalizedLabels = "train:objective_loss";

/** So that each split has its colour in every picture. */
const order = ["train", "validation", "test"];
