import { expect } from "chai";
import type { Algorithm, TrainingRun } from "../../../components/algorithms/algorithm.ts";
import { checkMetric } from "../../../components/algorithms/check-metric.ts";
import type { HyperparameterSpec } from "../../../components/algorithms/hyperparameter-spec.ts";
import { algorithms } from "../../../components/algorithms/index.ts";
import { comparisonMetrics, metricsOf } from "../../../components/comparison-metrics.ts";
import { isMemberOf } from "./is-member-of.ts";

const every: readonly Algorithm[] = Object.values(algorithms);

for (const { name, comparable, metrics, channels, hyperparameters } of every) {
  if (comparable === undefined) continue;
  describe(`comparisons with ${name}`, () => {
    it("are measured in metrics that there are, in the channel that the validation split feeds", () => {
      const measured = Object.values(comparable.scores).flat();

      expect(measured.filter((metric) => !Object.hasOwn(metrics, metric))).to.deep.equal([]);
      expect(new Set(measured.map((metric) => metrics[metric]?.channel))).to.deep.equal(
        new Set([comparable.validationChannel]),
      );
      expect(channels).to.include.keys(comparable.validationChannel);
    });

    it("have a metric for each score that its answers allow", () => {
      const tasks = Object.keys(comparable.answers) as (keyof typeof comparable.answers)[];
      const wanted = new Set(tasks.flatMap((task) => metricsOf(task)));
      const hasProbabilities = comparable.scores.log_loss !== undefined;

      expect(Object.keys(comparable.scores)).to.have.members(
        [...wanted].filter(
          (metric) => hasProbabilities || !comparisonMetrics[metric].needsProbabilities,
        ),
      );
    });

    it("count classes by a hyperparameter of its own", () => {
      const { classCount } = comparable;
      if (classCount !== undefined) expect(hyperparameters).to.include.keys(classCount);
    });
  });
}

for (const algorithm of every) {
  const { name, tuning, tunable, metrics, hyperparameters } = algorithm;
  if (tuning === undefined) continue;
  describe(`tuning jobs of ${name}`, () => {
    it("count iterations by a whole number, and stop by metrics that there are", () => {
      const { hyperparameter = "", metrics: emitted = [] } = tuning.iterations ?? {};

      expect(hyperparameters[hyperparameter]?.type).to.equal("integer");
      expect(emitted.filter((metric) => !Object.hasOwn(metrics, metric))).to.deep.equal([]);
    });

    it("set hyperparameters to what they take", () => {
      for (const metric of Object.keys(metrics)) {
        for (const [key, value] of Object.entries(tuning.sets?.(metric) ?? {})) {
          const spec = hyperparameters[key] as HyperparameterSpec;
          expect(isMemberOf(algorithm, spec, value), `${key} ${value}`).to.equal(true);
        }
      }
    });

    it("search hyperparameters that there are", () => {
      expect(hyperparameters).to.include.keys(Object.keys(tunable));
    });
  });
}

describe("a tuning job", () => {
  const run = (name: "xgboost" | "linear-learner", given: Record<string, string>): TrainingRun => ({
    algorithm: algorithms[name],
    version: algorithms[name].defaultVersion,
    hyperparameters: given,
  });

  function underTuning(from: TrainingRun, metric: string): TrainingRun {
    const sets = from.algorithm.tuning?.sets?.(metric);
    return { ...from, hyperparameters: { ...from.hyperparameters, ...sets } };
  }

  it("has XGBoost compute its objective", () => {
    const from = run("xgboost", { objective: "reg:squarederror", eval_metric: "rmse" });

    expect(checkMetric(from, "validation:mae")).to.not.equal(undefined);
    expect(checkMetric(underTuning(from, "validation:mae"), "validation:mae")).to.equal(undefined);
  });

  it("has Linear Learner fit one model", () => {
    const from = run("linear-learner", { predictor_type: "regressor", num_models: "8" });
    const metric = "validation:objective_loss";

    expect(checkMetric(from, metric)).to.not.equal(undefined);
    expect(checkMetric(underTuning(from, metric), metric)).to.equal(undefined);
  });
});
