import type { MetricSpec } from "../algorithm.ts";
import { effectiveValue, when } from "../condition.ts";
import { type MetricRow, metricTable } from "../metric-table.ts";

const binary = when("predictor_type", "binary_classifier");
const multiclass = when("predictor_type", "multiclass_classifier");
const regression = when("predictor_type", "regressor");

const absoluteLoss: MetricRow = {
  direction: "min",
  description: "mean absolute error",
  when: regression,
};
const mse: MetricRow = { direction: "min", description: "mean squared error", when: regression };
const objective: MetricRow = { direction: "min", description: "what loss says, mean of all rows" };
const final: MetricRow = { ...objective, description: "what loss says of the model that is kept" };

const binaryRows: Record<string, MetricRow> = {
  binary_classification_accuracy: {
    direction: "max",
    description: "share of rows labelled right",
    when: binary,
  },
  binary_f_beta: { direction: "max", description: "F score, with beta f_beta", when: binary },
  precision: {
    direction: "max",
    description: "share of predicted positives that are",
    when: binary,
  },
  recall: { direction: "max", description: "share of positives that are found", when: binary },
};

const evaluated: Record<string, MetricRow> = {
  absolute_loss: absoluteLoss,
  mse,
  ...binaryRows,
  roc_auc_score: { direction: "max", description: "area under the ROC curve", when: binary },
  multiclass_accuracy: {
    direction: "max",
    description: "share of rows labelled right",
    when: multiclass,
  },
  multiclass_top_k_accuracy: {
    direction: "max",
    description: "share of rows with the right label among the accuracy_top_k best",
    when: multiclass,
  },
  macro_precision: {
    direction: "max",
    description: "precision, mean of classes",
    when: multiclass,
  },
  macro_recall: { direction: "max", description: "recall, mean of classes", when: multiclass },
  macro_f_beta: { direction: "max", description: "F score, mean of classes", when: multiclass },
  dcg: {
    direction: "max",
    description: "discounted cumulative gain of the ranking",
    when: multiclass,
  },
};

/** Which of them a run emits follows from predictor_type. */
export const linearLearnerMetrics: Readonly<Record<string, MetricSpec>> = {
  ...ofEpochs("validation"),
  ...metricTable(["validation"], {
    ...evaluated,
    rmse: { direction: "min", description: "root mean squared error", when: regression },
    "objective_loss:final": final,
  }),
  ...metricTable(["test"], { objective_loss: objective, ...evaluated }),
  ...ofEpochs("train"),
  ...metricTable(["train"], {
    ...withoutValidation({
      "objective_loss:final": final,
      absolute_loss: absoluteLoss,
      mse,
      ...binaryRows,
    }),
    progress: { direction: "max", description: "percent of epochs done", informational: true },
    throughput: { direction: "max", description: "rows a second", informational: true },
  }),
};

/** Logged after each epoch: of the first of the models that are trained side by side, as AWS's logs show. */
function ofEpochs(channel: string): Record<string, MetricSpec> {
  const metric = `${channel}:objective_loss`;
  return {
    [metric]: {
      ...objective,
      description: "what loss says after an epoch; num_models 1",
      channel,
      whyNot(run) {
        const models = effectiveValue(run, "num_models");
        if (models === "1") return undefined;
        return {
          rule: `${metric} is that of the first of the models that num_models (${models}) trains, not of the one that is kept`,
          remedy: `gate on ${metric}:final, or set num_models: 1`,
        };
      },
    },
  };
}

/** Training data are scored only where there are no validation data to score. */
function withoutValidation(rows: Readonly<Record<string, MetricRow>>): Record<string, MetricRow> {
  return Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [name, { ...row, notBeside: "validation" }]),
  );
}
