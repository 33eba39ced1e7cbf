"""Rules of the container that hold between hyperparameters, or within a list of names."""

from __future__ import annotations

from typing import Any

from sagemaker_contract.errors import UserError

from . import metric_names

_TREE_UPDATERS = (
    "grow_colmaker",
    "distcol",
    "grow_histmaker",
    "grow_skmaker",
    "sync",
    "refresh",
    "prune",
)
_GROWING_UPDATERS = ("grow_colmaker", "distcol", "grow_histmaker", "grow_colmaker")
_LINEAR_UPDATERS = ("shotgun", "coord_descent")
_UPDATING_UPDATERS = ("refresh", "prune")

#: Names occur several times: the container lists them so, and its error message shows the list.
UPDATERS = [*_TREE_UPDATERS, *_GROWING_UPDATERS, *_LINEAR_UPDATERS, *_UPDATING_UPDATERS]

_METRICS_WITH_THRESHOLD = ("error", "ndcg", "map")


class MetricNames:
    """Metric names, and the few that take a threshold, as in error@0.7."""

    def __contains__(self, metric: str) -> bool:
        if "@" not in metric:
            return metric in metric_names.ALL
        name, threshold = (part.strip() for part in metric.split("@")[:2])
        if name not in _METRICS_WITH_THRESHOLD:
            raise UserError(
                f"Metric '{metric}' is not supported. Parameter 'eval_metric' with "
                "customized threshold should be one of these options: 'error', 'ndcg', 'map'."
            )
        try:
            float(threshold)
        except ValueError:
            raise UserError(f"Threshold value 't' in '{name}@t' expects float input.") from None
        return True

    def __str__(self) -> str:
        return str(metric_names.ALL)


def check_eval_metric(metrics: list[str], beside: dict[str, Any]) -> None:
    objective = beside[
        "objective"
    ]  # A metric without an objective ends in a KeyError on AWS as well.
    if "auc" in metrics and not objective.startswith(("binary:", "rank:")):
        raise UserError("Metric 'auc' can only be applied for classification and ranking problems.")
    if "aft-nloglik" in metrics and objective != "survival:aft":
        raise UserError("Metric 'aft-nloglik' can only be applied for 'survival:aft' objective.")


def check_objective(objective: str, beside: dict[str, Any]) -> None:
    if objective in ("multi:softmax", "multi:softprob") and "num_class" not in beside:
        raise UserError("Require input for parameter 'num_class' for multi-classification")


def check_monotone(_: Any, beside: dict[str, Any]) -> None:
    if beside.get("tree_method") not in ("exact", "hist"):
        raise UserError(
            "monotone_constraints can be used only when the tree_method parameter is set to either "
            "'exact' or 'hist'."
        )


def check_interaction(_: Any, beside: dict[str, Any]) -> None:
    if beside.get("tree_method") not in ("exact", "hist", "approx"):
        raise UserError(
            "interaction_constraints can be used only when the tree_method parameter is set to "
            "either 'exact', 'hist' or 'approx'."
        )


def check_updater(updaters: list[str], beside: dict[str, Any]) -> None:
    if beside.get("booster") == "gblinear":
        if len(updaters) != 1 or updaters[0] not in _LINEAR_UPDATERS:
            raise UserError(
                "Linear updater should be one of these options: 'shotgun', 'coord_descent'."
            )
    elif beside.get("process_type") == "update":
        if any(name not in _UPDATING_UPDATERS for name in updaters):
            raise UserError(
                "process_type 'update' can only be used with updater 'refresh' and 'prune'"
            )
    else:
        if any(name not in _TREE_UPDATERS for name in updaters):
            raise UserError(
                "Tree updater should be selected from these options: 'grow_colmaker', 'distcol', "
                "'grow_histmaker', 'grow_skmaker', 'sync', 'refresh', 'prune', "
                "'shortgun', 'coord_descent'."
            )
        if sum(name in _GROWING_UPDATERS for name in updaters) > 1:
            raise UserError(
                "Only one tree grow plugin can be selected. Choose one from thefollowing: "
                "'grow_colmaker', 'distcol', 'grow_histmaker', 'grow_skmaker'"
            )
