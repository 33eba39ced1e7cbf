import { expect } from "chai";
import { type ModelFormat, modelFormat } from "../../../local/report/model-formats.ts";

const registry = "257758044811.dkr.ecr.us-east-2.amazonaws.com";

function formatOf(image: string, hyperparameters: Record<string, string> = {}): ModelFormat {
  const format = modelFormat(`${registry}/${image}`, hyperparameters);
  if ("why" in format) throw new Error(format.why);
  return format;
}

function whyNot(image: string, hyperparameters: Record<string, string> = {}): string {
  const format = modelFormat(`${registry}/${image}`, hyperparameters);
  return "why" in format ? format.why : "";
}

describe("modelFormat", () => {
  const xgboost = "sagemaker-xgboost:3.0-5";
  const tasks: [image: string, hyperparameters: Record<string, string>, task: string][] = [
    [xgboost, {}, "regression"],
    [xgboost, { objective: "binary:logistic" }, "binary"],
    [xgboost, { objective: "count:poisson" }, "regression"],
    [xgboost, { objective: "multi:softprob", num_class: "3" }, "classes"],
    ["linear-learner:1", { predictor_type: "binary_classifier" }, "binary"],
    ["linear-learner:1", { predictor_type: "multiclass_classifier" }, "classes"],
    ["linear-learner:1", { predictor_type: "regressor" }, "regression"],
    ["knn:1", { predictor_type: "classifier" }, "classes"],
    ["knn:1", { predictor_type: "regressor" }, "regression"],
    ["object2vec:1", {}, "classes"],
    ["object2vec:1", { output_layer: "mean_squared_error" }, "regression"],
  ];
  for (const [image, hyperparameters, task] of tasks) {
    it(`takes ${image} ${JSON.stringify(hyperparameters)} for ${task}`, () => {
      expect(formatOf(image, hyperparameters).task).to.equal(task);
    });
  }

  const incomparable: [image: string, hyperparameters: Record<string, string>, why: RegExp][] = [
    ["kmeans:1", {}, /K-Means groups rows without labels/],
    ["pca:1", {}, /PCA projects rows without labels/],
    [xgboost, { objective: "rank:ndcg" }, /Scores of rank:ndcg order rows/],
    [xgboost, { objective: "survival:cox" }, /survival:cox/],
    ["my-models/regressor@sha256:0f", {}, /answers of regressor mean is not known here/],
  ];
  for (const [image, hyperparameters, why] of incomparable) {
    it(`says why answers of ${image} ${JSON.stringify(hyperparameters)} are compared with nothing`, () => {
      expect(whyNot(image, hyperparameters)).to.match(why);
    });
  }

  it("sends a row without its label, and without its weight where it has one", () => {
    const { row } = formatOf(xgboost);
    const { row: weighted } = formatOf(xgboost, { csv_weights: "1" });

    expect(row("1,0.5,2,3")).to.deep.equal({ label: "1", features: "0.5,2,3" });
    expect(weighted("1,0.5,2,3")).to.deep.equal({ label: "1", features: "2,3" });
  });

  it("reads a probability as the class that it is nearer to, a margin by its sign", () => {
    const { answers } = formatOf(xgboost, { objective: "binary:logistic" });
    const { answers: margins } = formatOf(xgboost, { objective: "binary:logitraw" });

    expect(answers("0.25\n0.5\n")).to.deep.equal([
      { score: 0.25, predicted: 0 },
      { score: 0.5, predicted: 1 },
    ]);
    expect(margins("0.25\n-0.5\n").map(({ predicted }) => predicted)).to.deep.equal([1, 0]);
  });

  it("reads the likeliest class of several probabilities", () => {
    const { answers } = formatOf(xgboost, { objective: "multi:softprob" });

    expect(answers("0.1,0.2,0.7\n0.6,0.3,0.1\n").map(({ predicted }) => predicted)).to.deep.equal([
      2, 0,
    ]);
  });

  it("keeps Linear Learner's own class, whatever its score, and takes a regression's score", () => {
    const { answers } = formatOf("linear-learner:1", { predictor_type: "binary_classifier" });
    const { answers: values } = formatOf("linear-learner:1", { predictor_type: "regressor" });

    expect(answers('{"predictions": [{"score": 0.4, "predicted_label": 1}]}')).to.deep.equal([
      { score: 0.4, predicted: 1 },
    ]);
    expect(values('{"predictions": [{"score": 7.25}]}')).to.deep.equal([
      { score: 7.25, predicted: 7.25 },
    ]);
  });

  it("asks Object2Vec about pairs, one object a line", () => {
    const { row, answers } = formatOf("object2vec:1", { output_layer: "mean_squared_error" });

    expect(row('{"label": 4, "in0": [1], "in1": [2, 3]}')).to.deep.equal({
      label: "4",
      features: '{"in0":[1],"in1":[2,3]}',
    });
    expect(
      answers('{"scores": [3.5]}\n{"scores": [1.25]}\n').map(({ score }) => score),
    ).to.deep.equal([3.5, 1.25]);
  });
});
