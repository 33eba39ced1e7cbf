import { expect } from "chai";
import { parsePipeline, problemsOf, type Refusal, refuses } from "./pipeline-config.ts";

const hyperparameters = { objective: "binary:logistic", num_round: 100, eval_metric: "error" };
const training = (more: object) => ({ training: { hyperparameters, ...more } });
const gate = { metric: "validation:error", threshold: 0.1 };
const image = "123456789012.dkr.ecr.us-east-2.amazonaws.com/team/model:1.0";

const refused: readonly Refusal[] = [
  [
    { algorithm: { image }, validation: gate },
    "validation.direction",
    undefined,
    "required: nothing is known of the image's metrics",
    "write direction: min where smaller is better, else max",
  ],
  [
    { validation: undefined },
    "validation",
    undefined,
    "required: what a model must reach before it serves",
    'add validation: { metric: "validation:error", threshold: 0.1 }, or validation: { enabled: false } to deploy every model',
  ],
  [
    { validation: { threshold: 0.1 } },
    "validation.metric",
    undefined,
    "required: the metric that decides",
    'add it, such as metric: "validation:error", or write validation: { enabled: false }',
  ],
  [
    { validation: { metric: "validation:error" } },
    "validation.threshold",
    undefined,
    "required: what the metric is compared with",
    "add it, such as threshold: 0.1",
  ],
  [
    { validation: { ...gate, threshold: "low" } },
    "validation.threshold",
    "low",
    "a number that the metric is compared with",
    "write a number, such as threshold: 0.1",
  ],
  [
    { validation: { ...gate, threshold: Number.NaN } },
    "validation.threshold",
    Number.NaN,
    "a number that the metric is compared with",
    "write a number, such as threshold: 0.1",
  ],
  [
    { validation: { ...gate, metric: "validation:auc" } },
    "validation.metric",
    "validation:auc",
    "with eval_metric error, XGBoost 3.0-5 computes error: not auc",
    'set training.hyperparameters.eval_metric: "error,auc", or gate on validation:error',
  ],
  [
    { validation: { ...gate, direction: "max" } },
    "validation.direction",
    "max",
    "validation:error is better when smaller",
    "remove direction: the catalogue knows it",
  ],
  [
    { validation: { ...gate, direction: "down" } },
    "validation.direction",
    "down",
    "min where smaller is better, max where greater is",
    "write min or max",
  ],
  [
    { validation: { ...gate, enabled: "no" } },
    "validation.enabled",
    "no",
    "true or false",
    "write true or false, without quotes",
  ],
];

describe("a pipeline's validation", () => {
  refuses(refused);

  it("needs no metric when validation is off, and keeps nothing of one", () => {
    const validation = { enabled: false, metric: "whatever", threshold: 3 };

    expect(parsePipeline({ validation })?.validation).to.deep.equal({ enabled: false });
  });

  it("does not ask for the metric while the hyperparameters that decide it are wrong", () => {
    const given = training({ hyperparameters: { ...hyperparameters, eval_metric: "eror" } });

    expect(problemsOf(() => parsePipeline(given)).map(({ path }) => path)).to.deep.equal([
      "pipelines.churn.training.hyperparameters.eval_metric",
    ]);
  });
});
