"""The hyperparameters of XGBoost 3.0-5, and how a job's are read."""

from __future__ import annotations

from typing import Any

from sagemaker_contract.errors import UnsupportedOnLaptopError, UserError

from . import hyperparameter_rules as rules
from . import metric_names
from .hyperparameter_kinds import (
    Hyperparameter,
    Interval,
    choice,
    comma_list,
    constraint_tuple,
    integer,
    nested_list,
    real,
)

_at_least_0 = Interval(low=0)
_at_least_1 = Interval(low=1)
_share = Interval(low=0, high=1)
_positive_share = Interval(low=0, high=1, low_open=True)

OBJECTIVES = (
    "aft_loss_distribution",
    "binary:logistic",
    "binary:logitraw",
    "binary:hinge",
    "count:poisson",
    "multi:softmax",
    "multi:softprob",
    "rank:pairwise",
    "rank:ndcg",
    "rank:map",
    "reg:linear",
    "reg:squarederror",
    "reg:logistic",
    "reg:gamma",
    "reg:pseudohubererror",
    "reg:squaredlogerror",
    "reg:absoluteerror",
    "reg:tweedie",
    "survival:aft",
    "survival:cox",
)

#: The container's own name for a hyperparameter that has another in XGBoost.
ALIASES = {
    "learning_rate": "eta",
    "min_split_loss": "gamma",
    "reg_lambda": "lambda",
    "reg_alpha": "alpha",
}

REQUIRED = ("num_round",)

_SPECIFICATIONS: tuple[Hyperparameter, ...] = (
    integer("num_round", _at_least_1),
    integer("csv_weights", _share),
    integer("early_stopping_rounds", _at_least_1),
    choice("booster", "gbtree", "gblinear", "dart"),
    integer("verbosity", Interval(low=0, high=3)),
    integer("nthread", _at_least_1),
    real("eta", _share),
    real("gamma", _at_least_0),
    integer("max_depth", _at_least_0),
    real("min_child_weight", _at_least_0),
    real("max_delta_step", _at_least_0),
    real("subsample", _positive_share),
    real("colsample_bytree", _positive_share),
    real("colsample_bylevel", _positive_share),
    real("colsample_bynode", _positive_share),
    real("lambda", _at_least_0),
    real("alpha", _at_least_0),
    choice("tree_method", "auto", "exact", "approx", "hist", "gpu_hist"),
    real("sketch_eps", Interval(low=0, high=1, low_open=True, high_open=True)),
    real("scale_pos_weight", Interval(low=0, low_open=True)),
    comma_list("updater", rules.UPDATERS, ("booster", "process_type"), rules.check_updater),
    choice("dsplit", "row", "col"),
    integer("refresh_leaf", _share),
    choice("process_type", "default", "update"),
    choice("grow_policy", "depthwise", "lossguide"),
    integer("max_leaves", _at_least_0),
    integer("max_bin", _at_least_0),
    choice("predictor", "auto", "cpu_predictor", "gpu_predictor"),
    constraint_tuple("monotone_constraints", [-1, 0, 1], ("tree_method",), rules.check_monotone),
    nested_list("interaction_constraints", _at_least_1, ("tree_method",), rules.check_interaction),
    choice("sample_type", "uniform", "weighted"),
    choice("normalize_type", "tree", "forest"),
    real("rate_drop", _share),
    integer("one_drop", _share),
    real("skip_drop", _share),
    real("lambda_bias", _share),
    real("tweedie_variance_power", Interval(low=1, high=2, low_open=True, high_open=True)),
    choice("objective", *OBJECTIVES, depends_on=("num_class",), check=rules.check_objective),
    integer("num_class", Interval(low=2)),
    real("base_score", _at_least_0),
    integer("_kfold", Interval(low=2)),
    integer("_num_cv_round", _at_least_1),
    choice("_tuning_objective_metric", *(f"validation:{name}" for name in metric_names.ALL)),
    comma_list("eval_metric", rules.MetricNames(), ("objective",), rules.check_eval_metric),
    integer("seed", Interval(low=-(2**31), high=2**31 - 1, low_open=True, high_open=True)),
    integer("num_parallel_tree", _at_least_1),
    choice("save_model_on_termination", "true", "false"),
    choice("aft_loss_distribution", "normal", "logistic", "extreme"),
    real("aft_loss_distribution_scale", _at_least_0),
    choice("deterministic_histogram", "true", "false"),
    choice("sampling_method", "uniform", "gradient_based"),
    integer("prob_buffer_row", Interval(low=1.0, low_open=True)),
    choice("use_dask_gpu_training", "true", "false"),
)

SPECIFICATIONS = {specification.name: specification for specification in _SPECIFICATIONS}


def parse_hyperparameters(raw: dict[str, Any]) -> dict[str, Any]:
    """Typed values of the hyperparameters in hyperparameters.json. None is filled in that was not
    given.

    Raises UserError where one is missing, unknown, unreadable, out of range or at odds with
    another.
    """
    if "sagemaker_program" in raw:
        raise UnsupportedOnLaptopError(
            "Script mode (hyperparameter sagemaker_program)", "Use algorithm mode."
        )
    given = {ALIASES.get(name, name): value for name, value in raw.items()}
    for name in REQUIRED:
        if name not in given:
            raise UserError(f"Missing required hyperparameter: {name}")

    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in SPECIFICATIONS:
            raise UserError(f"Extraneous hyperparameter found: {name}")
        values[name] = SPECIFICATIONS[name].read(value)
    for name, value in values.items():
        SPECIFICATIONS[name].require_allowed(value)
    for name in _dependencies_first(values):
        specification = SPECIFICATIONS[name]
        if specification.check is not None:
            beside = {other: values[other] for other in specification.depends_on if other in values}
            specification.check(values[name], beside)
    return values


def _dependencies_first(values: dict[str, Any]) -> list[str]:
    ordered: dict[str, None] = {}

    def visit(name: str) -> None:
        for other in SPECIFICATIONS[name].depends_on:
            if other in values:
                visit(other)
        ordered.setdefault(name)

    for name in values:
        visit(name)
    return list(ordered)
