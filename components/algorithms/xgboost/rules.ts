import { type HyperparameterRule, isInVersions } from "../algorithm.ts";
import { mediaTypeOf } from "../check-content-type.ts";

/** What the container or XGBoost refuses, or silently ignores, although each value is fine by itself. */
export const xgboostRules: readonly HyperparameterRule[] = [
  function numClassForMulticlass({ hyperparameters: { objective, num_class } }) {
    if (!objective?.startsWith("multi:") || num_class !== undefined) return undefined;
    return {
      hyperparameter: "num_class",
      rule: `required when objective is ${objective}`,
      remedy:
        "write the number of classes, such as num_class: 3; labels run from 0 to num_class - 1",
    };
  },

  function noClassesForBinary({ hyperparameters: { objective, num_class } }) {
    if (!objective?.startsWith("binary:") || num_class === undefined) return undefined;
    return {
      hyperparameter: "num_class",
      rule: `only for multi:softmax and multi:softprob: with ${objective} training fails on the shape of the labels`,
      remedy: "remove num_class, or set objective: multi:softprob",
    };
  },

  function aucForRankedScores({ hyperparameters: { objective, eval_metric } }) {
    if (!asks(eval_metric, "auc") || /^(binary|rank):/.test(objective ?? "")) return undefined;
    return {
      hyperparameter: "eval_metric",
      rule: `auc needs an objective binary:* or rank:*, not ${objective ?? "the default, reg:squarederror"}`,
      remedy: "remove auc from eval_metric, or set objective: binary:logistic",
    };
  },

  function aftMetricForAft({ hyperparameters: { objective, eval_metric } }) {
    if (!asks(eval_metric, "aft-nloglik") || objective === "survival:aft") return undefined;
    return {
      hyperparameter: "eval_metric",
      rule: `aft-nloglik needs objective survival:aft, not ${objective ?? "the default, reg:squarederror"}`,
      remedy: "remove aft-nloglik from eval_metric, or set objective: survival:aft",
    };
  },

  // XGBoost asks for `tweedie-nloglik@<power>`, and the container refuses `@` behind this name: no spelling passes both.
  function noTweedieMetric({ hyperparameters: { eval_metric } }) {
    if (!asks(eval_metric, "tweedie-nloglik")) return undefined;
    return {
      hyperparameter: "eval_metric",
      rule: "XGBoost wants tweedie-nloglik@<power>, and the container refuses that: it cannot be asked for",
      remedy: "use rmse or mae; objective reg:tweedie prints tweedie-nloglik by itself",
    };
  },

  function earlyStoppingNeedsMetric({ hyperparameters }) {
    if (hyperparameters["early_stopping_rounds"] === undefined) return undefined;
    if (hyperparameters["eval_metric"] ?? hyperparameters["_tuning_objective_metric"])
      return undefined;
    return {
      hyperparameter: "early_stopping_rounds",
      rule: "without eval_metric the container ignores it, silently",
      remedy: "set eval_metric too: its last metric decides when to stop",
    };
  },

  function monotoneNeedsTreeMethod({ hyperparameters: { monotone_constraints, tree_method } }) {
    if (monotone_constraints === undefined || /^(exact|hist)$/.test(tree_method ?? ""))
      return undefined;
    return {
      hyperparameter: "monotone_constraints",
      rule: `needs tree_method exact or hist, set explicitly, not ${tree_method ?? "left out"}`,
      remedy: "add tree_method: hist",
    };
  },

  function interactionNeedsTreeMethod({
    hyperparameters: { interaction_constraints, tree_method },
  }) {
    if (interaction_constraints === undefined) return undefined;
    if (/^(exact|hist|approx)$/.test(tree_method ?? "")) return undefined;
    return {
      hyperparameter: "interaction_constraints",
      rule: `needs tree_method exact, hist or approx, set explicitly, not ${tree_method ?? "left out"}`,
      remedy: "add tree_method: hist",
    };
  },

  function interactionFailsIn30({
    algorithm,
    version,
    hyperparameters: { interaction_constraints },
  }) {
    if (interaction_constraints === undefined || !isInVersions(algorithm, version, thirtyFive))
      return undefined;
    return {
      hyperparameter: "interaction_constraints",
      rule: "the container 3.0-5 fails on every value: it names features otherwise than its data",
      remedy: "remove it, or use version 1.7-1",
    };
  },

  function baseScoreIsProbability({ hyperparameters: { objective, base_score } }) {
    if (base_score === undefined || !/^(binary:logistic|reg:logistic)$/.test(objective ?? ""))
      return undefined;
    if (Number(base_score) > 0 && Number(base_score) < 1) return undefined;
    return {
      hyperparameter: "base_score",
      rule: `a number greater than 0 and less than 1 when objective is ${objective}`,
      remedy: "write the share of positive rows, such as base_score: 0.5",
    };
  },

  function oneGrowingUpdater({ hyperparameters: { updater } }) {
    const growing = (updater?.split(",") ?? []).filter((name) => /^(grow_.*|distcol)$/.test(name));
    if (growing.length <= 1) return undefined;
    return {
      hyperparameter: "updater",
      rule: "only one of grow_colmaker, distcol, grow_histmaker and grow_skmaker",
      remedy: `keep ${growing.join(" or ")}`,
    };
  },

  function weightsInCsv({ hyperparameters: { csv_weights }, contentType }) {
    if (csv_weights !== "1" || contentType === undefined || isCsv(contentType)) return undefined;
    return {
      hyperparameter: "csv_weights",
      rule: `only for text/csv, whose second column then holds the weights; contentType is ${contentType}`,
      remedy: "remove it, or write training.contentType: text/csv",
    };
  },

  function daskReadsFiles(run) {
    const { contentType, inputMode = "File", hyperparameters } = run;
    if (hyperparameters["use_dask_gpu_training"] !== "true" || contentType === undefined)
      return undefined;
    if (inputMode === "File" && (isCsv(contentType) || isParquet(contentType))) return undefined;
    return {
      hyperparameter: "use_dask_gpu_training",
      rule: `only for CSV or Parquet in input mode File; contentType is ${contentType}, inputMode ${inputMode}`,
      remedy: "remove it, or write training.contentType: text/csv and leave inputMode out",
    };
  },

  function daskNeedsHistogram({ hyperparameters: { use_dask_gpu_training, tree_method } }) {
    if (use_dask_gpu_training !== "true" || /^(gpu_)?hist$/.test(tree_method ?? ""))
      return undefined;
    return {
      hyperparameter: "use_dask_gpu_training",
      rule: `needs tree_method hist or gpu_hist, not ${tree_method ?? "left out"}`,
      remedy: "add tree_method: hist",
    };
  },
];

const thirtyFive = { since: "3.0-5", until: "3.0-5" };

function asks(evalMetric: string | undefined, name: string) {
  return evalMetric?.split(",").includes(name) ?? false;
}

function isCsv(contentType: string): boolean {
  return /^(text\/)?csv$/.test(mediaTypeOf(contentType));
}

function isParquet(contentType: string): boolean {
  return /^(application\/x-)?parquet$/.test(contentType);
}
