"""One call of XGBoost's training, with what the container puts around it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xgboost as xgb
from sagemaker_contract.errors import AlgorithmError, UserError

from .checkpoints import latest_checkpoint, save_checkpoints
from .evaluation import ReportRounds, early_stopping, metrics_of, split_metrics
from .termination import keep_model_on_termination

#: Errors of XGBoost that are the user's to mend: reported as they are.
_USER_ERRORS = (
    "label must be in [0,1] for logistic regression",
    "label must be in [0, num_class)",
    "Target is multiclass but average='binary'",
    "feature_names mismatch",
    "Check failed: preds.size() == info.labels_.size()",
    "Check failed: !auc_error AUC: the dataset only contains pos or neg samples",
    "Check failed: label_correct PoissonRegression: label must be nonnegative",
    "Check failed: label_correct TweedieRegression: label must be nonnegative",
    "Parameter reg_lambda should be greater equal to 0",
)

#: Cells (rows times columns) below which a second thread costs more than it brings.
_CELLS_WORTH_THREADS = 2_000_000


@dataclass(frozen=True)
class Boosting:
    """What all training calls of a job share."""

    hyperparameters: dict[str, Any]
    #: What metrics are computed on, by name: train, and validation where there is one.
    evaluated: list[tuple[xgb.DMatrix, str]]
    model_folder: Path

    def train(
        self, matrix: xgb.DMatrix, model_name: str, checkpoint: Checkpoint
    ) -> tuple[xgb.Booster, dict[str, Any]]:
        """Returns the model, and its metrics by data set and name, one value a round.

        Raises UserError or AlgorithmError.
        """
        parameters = {**self.hyperparameters}
        native, evaluate = split_metrics(metrics_of(parameters))
        parameters.pop("eval_metric", None)
        if native:
            parameters["eval_metric"] = native
        if (
            "nthread" not in parameters
            and matrix.num_row() * matrix.num_col() < _CELLS_WORTH_THREADS
        ):
            parameters["nthread"] = 1

        callbacks: list[xgb.callback.TrainingCallback] = []
        if checkpoint.folder is not None:
            callbacks.append(save_checkpoints(checkpoint.folder, checkpoint.rounds_done))
        if parameters.get("save_model_on_termination") == "true":
            callbacks.append(keep_model_on_termination(self.model_folder, model_name))
        validated = any(name == "validation" for _, name in self.evaluated)
        callbacks.append(ReportRounds(early_stopping(parameters, validated)))

        history: dict[str, Any] = {}
        try:
            booster = xgb.train(
                parameters,
                matrix,
                num_boost_round=parameters["num_round"] - checkpoint.rounds_done,
                evals=self.evaluated,
                evals_result=history,
                custom_metric=evaluate,
                callbacks=callbacks,
                xgb_model=checkpoint.model,
                verbose_eval=False,
            )
        except Exception as error:
            if any(text in str(error) for text in _USER_ERRORS):
                raise UserError(str(error)) from error
            raise AlgorithmError(f"XGB train call failed with exception:\n {error}") from error
        return booster, history


@dataclass(frozen=True)
class Checkpoint:
    """Where checkpoints go, if anywhere, and the one that training goes on from, if any."""

    folder: Path | None = None
    model: Path | None = None
    rounds_done: int = 0

    @classmethod
    def in_folder(cls, folder: Path | None) -> Checkpoint:
        return cls(folder, *latest_checkpoint(folder))
