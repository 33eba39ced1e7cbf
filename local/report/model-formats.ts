/** What kind of answer a model gives, and with it what can be drawn of its answers. */
export type ModelTask = "binary" | "classes" | "regression";

/** A row of a split: what it should give, and the row as the endpoint takes it. */
export interface LabelledRow {
  label: string;
  features: string;
}

export interface Answer {
  /** Binary: the greater, the more likely class 1. Else the same as `predicted`. */
  score: number;
  /** Class, or value of a regression. */
  predicted: number;
}

/** How an algorithm's endpoint is asked about the lines of a split, one answer a line. */
export interface ModelFormat {
  task: ModelTask;
  contentType: string;
  accept: string;
  row(line: string): LabelledRow;
  answers(body: string): Answer[];
}

/** No model of this run can be held against labels; the sentence says why. */
export interface NotComparable {
  why: string;
}

type Hyperparameters = Readonly<Record<string, string>>;

/**
 * The format of a trained model, by the image that trained it.
 * @param image registry path
 */
export function modelFormat(image: string, given: Hyperparameters): ModelFormat | NotComparable {
  const repository = /([^/:@]+)(?:[:@][^/]*)?$/.exec(image)?.[1] ?? image;
  const format = formats[repository];
  if (format) return format(given);
  return {
    why: `What the answers of ${repository} mean is not known here, so they are not compared with labels.`,
  };
}

const formats: Record<string, (given: Hyperparameters) => ModelFormat | NotComparable> = {
  "sagemaker-xgboost": xgboost,
  "linear-learner": linearLearner,
  knn: (given) =>
    jsonPredictions(given["predictor_type"] === "regressor" ? "regression" : "classes"),
  kmeans: () => ({
    why: "K-Means groups rows without labels: there is nothing to compare its clusters with.",
  }),
  pca: () => ({
    why: "PCA projects rows without labels: there is nothing to compare its projections with.",
  }),
  object2vec,
};

const csv = { contentType: "text/csv", accept: "text/csv" };

function xgboost(given: Hyperparameters): ModelFormat | NotComparable {
  const objective = given["objective"] ?? "reg:squarederror";
  const row = given["csv_weights"] === "1" ? weightedCsvRow : csvRow;
  if (/^(rank|survival):/.test(objective)) {
    return {
      why: `Scores of ${objective} order rows: single ones have nothing to be compared with.`,
    };
  }
  if (objective === "multi:softprob") {
    const answers = (body: string) =>
      csvLines(body).map((shares) => sameScore(indexOfMost(shares)));
    return { task: "classes", ...csv, row, answers };
  }
  const first = (body: string) => csvLines(body).map(([value]) => value ?? Number.NaN);
  if (objective === "multi:softmax") {
    return { task: "classes", ...csv, row, answers: (body) => first(body).map(sameScore) };
  }
  if (!/^(binary:|reg:logistic$)/.test(objective)) {
    return { task: "regression", ...csv, row, answers: (body) => first(body).map(sameScore) };
  }
  const cut = objective === "binary:logitraw" ? 0 : 0.5;
  const answers = (body: string) =>
    first(body).map((score) => ({ score, predicted: score >= cut ? 1 : 0 }));
  return { task: "binary", ...csv, row, answers };
}

function linearLearner(given: Hyperparameters): ModelFormat {
  const type = given["predictor_type"];
  if (type === "binary_classifier") return jsonPredictions("binary");
  return jsonPredictions(type === "multiclass_classifier" ? "classes" : "regression");
}

/** CSV in, `{"predictions": [{"score": ..., "predicted_label": ...}]}` out. */
function jsonPredictions(task: ModelTask): ModelFormat {
  const answers = (body: string) => {
    const { predictions } = JSON.parse(body) as { predictions: Record<string, unknown>[] };
    return predictions.map(({ score, predicted_label: label }) => {
      const predicted = Number(label ?? score);
      return { predicted, score: typeof score === "number" ? score : predicted };
    });
  };
  return { task, contentType: "text/csv", accept: "application/json", row: csvRow, answers };
}

function object2vec(given: Hyperparameters): ModelFormat {
  const regression = given["output_layer"] === "mean_squared_error";
  const lines = "application/jsonlines";
  return {
    task: regression ? "regression" : "classes",
    contentType: lines,
    accept: lines,
    row: (line) => {
      const { label, ...pair } = JSON.parse(line) as { label: number };
      return { label: String(label), features: JSON.stringify(pair) };
    },
    answers: (body) =>
      body
        .split("\n")
        .filter(Boolean)
        .map((line) => {
          const { scores } = JSON.parse(line) as { scores: number[] };
          return sameScore(regression ? (scores[0] ?? Number.NaN) : indexOfMost(scores));
        }),
  };
}

/** Header-less CSV, label first. */
export function csvRow(line: string): LabelledRow {
  const comma = line.indexOf(",");
  return { label: line.slice(0, comma), features: line.slice(comma + 1).trimEnd() };
}

function weightedCsvRow(line: string): LabelledRow {
  const { label, features } = csvRow(line);
  return { label, features: csvRow(features).features };
}

function csvLines(body: string): number[][] {
  return body
    .trim()
    .split("\n")
    .map((line) => line.split(",").map(Number));
}

function indexOfMost(numbers: number[]): number {
  return numbers.indexOf(Math.max(...numbers));
}

function sameScore(predicted: number): Answer {
  return { predicted, score: predicted };
}
