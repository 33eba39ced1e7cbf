import type { Finding, TrainingRun } from "../algorithm.ts";
import { type Answer, answerBy, type Comparable } from "../comparable.ts";

const format = "linear-learner json";
const binary = answerBy("predictor_type", { binary_classifier: { kind: "probability", format } });

export const linearLearnerComparable: Comparable = {
  answers: {
    regression: answerBy("predictor_type", { regressor: { kind: "value", format } }),
    binary(run: TrainingRun): Answer | Finding {
      const answer = binary(run);
      // its scores are distances from the plane, not probabilities
      const isHinge = run.hyperparameters["loss"] === "hinge_loss";
      return isHinge && "kind" in answer ? { kind: "class", format } : answer;
    },
    multiclass: answerBy("predictor_type", {
      multiclass_classifier: { kind: "probabilities", format },
    }),
  },
  validationChannel: "validation",
  classCount: "num_classes",
  scores: {
    rmse: ["validation:rmse"],
    mae: ["validation:absolute_loss"],
    r2: ["validation:mse"],
    log_loss: ["validation:objective_loss"],
    accuracy: ["validation:binary_classification_accuracy", "validation:multiclass_accuracy"],
    f1: ["validation:binary_f_beta", "validation:macro_f_beta"],
    auc: ["validation:roc_auc_score"],
  },
};
