import { expect } from "chai";
import fc from "fast-check";
import { algorithms } from "../../components/algorithms/index.ts";
import { metricsOf } from "../../components/comparison-metrics.ts";
import type { StackConfig } from "../../stacks/config.ts";
import { ConfigError } from "../../stacks/config-error.ts";
import { linearLearner, minimalComparison, xgboost } from "./comparison-config.ts";
import { parse } from "./pipeline-config.ts";

/** Keys that config has, so that random mappings get past the first look. */
const keys = [
  "task metric margin etl script arguments split train validation test seed candidates algorithm name training contentType",
  "hyperparameters objective num_round predictor_type num_class endpoint instanceType timeoutMinutes tuning strategy maxJobs",
  "maxParallelJobs earlyStopping hyperband minResource maxResource ranges eta min max scale values evaluation by samples",
  "resamples confidence maxConcurrency accumulate promotion enabled threshold data logs constructor toString hasOwnProperty",
].flatMap((line) => line.split(" "));

/** Values that mean something somewhere. */
const values = [
  ...Object.keys(algorithms),
  "regression binary multiclass rmse log_loss endpoint batch all Hyperband Random Auto recommended constructor __proto__",
  "text/csv text/libsvm reg:squarederror binary:logistic multi:softmax regressor classifier ml.m5.xlarge validation:rmse",
].flatMap((line) => line.split(" "));

const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthSize: "large" },
    fc.constantFrom(...values),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.string(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), tie("value"), { maxKeys: 6 }),
  ),
})).value;

/** A place of a comparison that holds one value. */
const place = fc.constantFrom(
  ...[
    "enabled task metric margin maxConcurrency accumulate kmsKeyArn etl etl.script etl.arguments etl.arguments.SEED",
    "split split.train split.validation split.test split.seed candidates candidates.xgboost candidates.xgboost.algorithm",
    "candidates.xgboost.algorithm.name candidates.xgboost.algorithm.version candidates.xgboost.training",
    "candidates.xgboost.training.contentType candidates.xgboost.training.hyperparameters",
    "candidates.xgboost.training.hyperparameters.objective candidates.xgboost.training.channels",
    "candidates.xgboost.endpoint candidates.xgboost.endpoint.instanceType candidates.xgboost.tuning",
    "candidates.xgboost.tuning.metric candidates.xgboost.tuning.strategy candidates.xgboost.tuning.maxJobs",
    "candidates.xgboost.tuning.ranges candidates.xgboost.tuning.ranges.eta candidates.xgboost.tuning.hyperband",
    "candidates.linear.tuning.ranges.use_bias candidates.linear.tuning.ranges.use_bias.values",
    "evaluation evaluation.by evaluation.samples evaluation.resamples evaluation.confidence evaluation.seed",
    "promotion promotion.enabled promotion.threshold promotion.endpoint promotion.endpoint.name data logs",
  ].flatMap((line) => line.split(" ")),
);

function read(comparison: unknown): StackConfig | ConfigError {
  try {
    return parse(undefined, { comparisons: { abalone: comparison } });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** The comparison with `value` at `path`; mappings on the way are made. */
function withValue(path: string, value: unknown): Record<string, unknown> {
  const comparison = structuredClone(minimalComparison());
  const parts = path.split(".");
  let section = comparison;
  for (const part of parts.slice(0, -1)) {
    section[part] ??= {};
    section = section[part] as Record<string, unknown>;
  }
  section[parts.at(-1) as string] = value;
  return comparison;
}

describe("any comparison", () => {
  it("is read or refused, whatever stands in it", () => {
    fc.assert(
      fc.property(anything, (comparison) => {
        read(comparison);
      }),
      { numRuns: 1000 },
    );
  });

  it("is read, or refused in words that name its place, with a value of any kind in any place", () => {
    fc.assert(
      fc.property(place, anything, (path, value) => {
        const result = read(withValue(path, value));
        if (!(result instanceof ConfigError)) return;
        for (const problem of result.problems) {
          expect(problem.path).to.match(/^comparisons\.abalone/);
          expect(problem.rule).to.not.match(/undefined|\[object/);
          expect(problem.remedy).to.not.match(/undefined|\[object|NaN/);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("splits all rows, whatever the percentages", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 98 }),
        fc.integer({ min: 1, max: 98 }),
        (train, validation) => {
          const test = 100 - train - validation;
          const result = read({ ...minimalComparison(), split: { train, validation, test } });

          expect(result instanceof ConfigError).to.equal(test < 1);
        },
      ),
    );
  });

  it("numbers its candidates in the order of config, two to twenty", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,5})?$/), {
          minLength: 1,
          maxLength: 24,
        }),
        (names) => {
          const candidates = Object.fromEntries(
            names.map((name, index) => [
              name,
              xgboost({ training: { hyperparameters: { num_round: index + 1 } } }),
            ]),
          );
          const result = read({ ...minimalComparison(), candidates });
          if (names.length < 2 || names.length > 20) {
            expect(result).to.be.instanceOf(ConfigError);
            return;
          }
          const [comparison] = (result as StackConfig).comparisons;
          expect(comparison?.candidates.map(({ key }) => key)).to.deep.equal(names);
          expect(comparison?.candidates.map(({ number }) => Number(number.slice(1)))).to.deep.equal(
            names.map((_, index) => index + 1),
          );
        },
      ),
    );
  });

  it("takes the scores of its task, and no others", () => {
    const known = metricsOf("regression");
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...values, ...known), fc.string()), (metric) => {
        const result = read({ ...minimalComparison(), metric });

        expect(result instanceof ConfigError).to.equal(!known.some((name) => name === metric));
      }),
    );
  });

  it("takes ranges that lie in what the hyperparameter takes, and no others", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 2, noNaN: true }),
        fc.double({ min: -1, max: 2, noNaN: true }),
        (min, max) => {
          const candidates = {
            xgboost: xgboost({ tuning: { ranges: { eta: { min, max } } } }),
            linear: linearLearner(),
          };
          const result = read({ ...minimalComparison(), candidates });

          expect(result instanceof ConfigError).to.equal(!(min < max && min >= 0 && max <= 1));
        },
      ),
    );
  });
});
