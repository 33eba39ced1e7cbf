import type { Finding, TrainingRun } from "../algorithm.ts";
import { type Answer, answerBy, type Comparable } from "../comparable.ts";

const value = { kind: "value", format: "csv" } as const;
const csvClass = { kind: "class", format: "csv" } as const;

const regression = {
  "reg:squarederror": value,
  "reg:linear": value,
  "reg:squaredlogerror": value,
  "reg:pseudohubererror": value,
  "reg:absoluteerror": value,
  "reg:logistic": value,
  "reg:gamma": value,
  "reg:tweedie": value,
  "count:poisson": value,
};

/** Which objectives predict what a task asks for; the first is proposed. */
export const xgboostComparable: Comparable = {
  answers: {
    regression: answerOf(regression, "reg:squarederror"),
    // binary:logitraw answers scores that are no probabilities
    binary: answerOf({
      "binary:logistic": { kind: "probability", format: "csv" },
      "binary:hinge": csvClass,
    }),
    multiclass: answerOf({
      "multi:softprob": { kind: "probabilities", format: "csv" },
      "multi:softmax": csvClass,
    }),
  },
  validationChannel: "validation",
  classCount: "num_class",
  scores: {
    rmse: ["validation:rmse"],
    mae: ["validation:mae", "validation:rmse"],
    r2: ["validation:r2", "validation:rmse"],
    log_loss: ["validation:logloss", "validation:mlogloss"],
    accuracy: ["validation:error", "validation:merror"],
    f1: ["validation:f1_binary", "validation:f1_macro", "validation:error", "validation:merror"],
    auc: ["validation:auc"],
  },
};

function answerOf(answers: Readonly<Record<string, Answer>>, fallback = "reg:squarederror") {
  const byObjective = answerBy("objective", answers, fallback);
  return (run: TrainingRun): Answer | Finding => {
    if (run.hyperparameters["csv_weights"] !== "1") return byObjective(run);
    return {
      hyperparameter: "csv_weights",
      rule: "candidates learn from label and features alone: their data have no column of weights",
      remedy: "remove it",
    };
  };
}
