import { expect } from "chai";
import { parsePipeline, problemsOf } from "./pipeline-config.ts";

/** XGBoost's hyperparameters beside `num_round`, the metric of the gate, and which of its values are better. */
const gates: readonly [Record<string, unknown>, string, "min" | "max"][] = [
  [{ objective: "binary:logistic", eval_metric: "auc" }, "validation:auc", "max"],
  [{ objective: "binary:logistic", eval_metric: "aucpr" }, "validation:aucpr", "max"],
  [{ objective: "binary:logistic" }, "validation:logloss", "min"],
  [{ objective: "binary:logistic", eval_metric: "error@0.5" }, "validation:error", "min"],
  [{ objective: "multi:softprob", num_class: 3 }, "validation:mlogloss", "min"],
  [{ objective: "multi:softmax", num_class: 3, eval_metric: "merror" }, "validation:merror", "min"],
  [
    { objective: "multi:softmax", num_class: 3, eval_metric: "f1_macro" },
    "validation:f1_macro",
    "max",
  ],
  [{}, "validation:rmse", "min"],
  [{ objective: "reg:squarederror", eval_metric: "mae" }, "validation:mae", "min"],
  [{ objective: "reg:squarederror", eval_metric: ["rmse", "r2"] }, "validation:r2", "max"],
  [{ objective: "reg:absoluteerror" }, "validation:mae", "min"],
  [{ objective: "count:poisson" }, "validation:poisson-nloglik", "min"],
  [{ objective: "rank:pairwise", eval_metric: "ndcg" }, "validation:ndcg", "max"],
  [{ objective: "rank:ndcg", eval_metric: "map" }, "validation:map", "max"],
  [{ objective: "survival:cox" }, "validation:cox-nloglik", "min"],
  [{ objective: "survival:aft" }, "validation:aft-nloglik", "min"],
];

const pipelineOf = (hyperparameters: object, metric: string) => ({
  training: { hyperparameters: { num_round: 10, ...hyperparameters } },
  validation: { metric, threshold: 0.5 },
});

describe("the gate of an objective", () => {
  for (const [hyperparameters, metric, direction] of gates) {
    it(`may stand on ${metric}, ${direction}, with ${JSON.stringify(hyperparameters)}`, () => {
      const pipeline = parsePipeline(pipelineOf(hyperparameters, metric));

      expect(pipeline?.validation).to.deep.equal({
        enabled: true,
        metric,
        direction,
        threshold: 0.5,
      });
      expect(pipeline?.training.channels).to.have.property("validation", "etl");
    });
  }

  for (const [hyperparameters, metric] of [
    [{ objective: "multi:softprob", num_class: 3 }, "validation:error"],
    [{ objective: "reg:squarederror" }, "validation:mae"],
    [{ objective: "rank:ndcg" }, "validation:ndcg"], // the container prints ndcg@32 alone, for which SageMaker has no metric
    [{ objective: "binary:logistic", eval_metric: "error@0.7" }, "validation:error"],
  ] as const) {
    it(`may not stand on ${metric} with ${JSON.stringify(hyperparameters)}`, () => {
      const problems = problemsOf(() => parsePipeline(pipelineOf(hyperparameters, metric)));

      expect(problems.map(({ path }) => path)).to.deep.equal(["pipelines.churn.validation.metric"]);
      expect(problems[0]?.remedy).to.contain("training.hyperparameters.eval_metric");
    });
  }
});
