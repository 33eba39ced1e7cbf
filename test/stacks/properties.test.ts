import { expect } from "chai";
import fc from "fast-check";
import type { Algorithm } from "../../components/algorithms/algorithm.ts";
import { algorithms } from "../../components/algorithms/index.ts";
import { ConfigError, type Problem } from "../../stacks/config-error.ts";
import { minimalPipeline, parse } from "./pipeline-config.ts";

/** Keys that config has, so that random mappings get past the first look. */
const keys = [
  "enabled algorithm name version uncheckedVersion image container etl script timeoutMinutes workerType workerCount arguments",
  "training contentType inputMode instanceType instanceCount volumeSizeGib maxRuntimeMinutes hyperparameters",
  "uncheckedHyperparameters channels metricDefinitions checkpoints spot maxWaitMinutes validation metric threshold direction endpoint",
  "keepVersions deleteOnDestroy data forceDestroy runRetentionDays logs retentionDays kmsKeyArn",
  "train auxiliary num_round objective eval_metric csv_weights constructor toString hasOwnProperty",
].flatMap((line) => line.split(" "));

/** Values that mean something somewhere. */
const values = [
  ...Object.keys(algorithms),
  "lightgbm",
  "containers/sklearn-regressor",
  "containers/\0",
  "../containers",
  "3.0-5",
  "9.9-9",
  "glue/churn_etl.py",
  "glue/\0.py",
  `${"a/".repeat(3000)}x.py`,
  "package.json/x.py",
  "text/csv",
  "text/csv;label_size=0",
  "Pipe",
  "ml.m5.xlarge",
  "ml.g4dn.xlarge",
  "validation:error",
  "constructor",
  "__proto__",
  "etl",
  "s3://lake/folder/",
  "s3://lake",
  "binary:logistic",
];

/** What a YAML file can hold: JSON's values, with the numbers that JSON has none for. */
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

function problemsOf(pipelines: unknown, network?: unknown): readonly Problem[] {
  try {
    parse(pipelines, { network });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

/** Every place of config that holds one value. */
const places = [
  "enabled algorithm algorithm.name algorithm.version algorithm.uncheckedVersion algorithm.image algorithm.container etl etl.script",
  "etl.timeoutMinutes etl.workerType etl.workerCount etl.arguments etl.arguments.x training training.contentType",
  "training.inputMode training.instanceType training.instanceCount training.volumeSizeGib training.hyperparameters",
  "training.maxRuntimeMinutes training.hyperparameters.num_round training.hyperparameters.eval_metric",
  "training.uncheckedHyperparameters training.uncheckedHyperparameters.objective training.channels",
  "training.tuning training.tuning.strategy training.tuning.ranges training.tuning.ranges.eta training.tuning.ranges.max_depth.min",
  "training.channels.validation training.metricDefinitions training.checkpoints training.spot training.spot.maxWaitMinutes validation",
  "validation.enabled validation.metric validation.threshold validation.direction endpoint endpoint.name",
  "endpoint.instanceType endpoint.instanceCount endpoint.keepVersions endpoint.timeoutMinutes",
  "endpoint.deleteOnDestroy data data.forceDestroy data.runRetentionDays logs logs.retentionDays kmsKeyArn",
].flatMap((line) => line.split(" "));

/** `config` with `value` at `place`, whose keys are joined by dots. */
function withValue(config: Record<string, unknown>, place: string, value: unknown) {
  const changed = structuredClone(config);
  let at = changed;
  const path = place.split(".");
  const last = path.pop() ?? place;
  for (const key of path) {
    at[key] ??= {};
    at = at[key] as Record<string, unknown>;
  }
  at[last] = value;
  return changed;
}

/** The minimal pipeline with one value somewhere in it replaced by anything, or anything added. */
const nearlyRight = fc
  .tuple(
    fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 3 }),
    anything,
    fc.constantFrom(...["algorithm", "etl", "training", "validation", "endpoint", "data"]),
  )
  .map(([path, value, section]) => {
    const pipeline: Record<string, unknown> = structuredClone(minimalPipeline());
    let place = pipeline;
    for (const key of [section, ...path].slice(0, -1)) {
      const next = place[key];
      if (typeof next !== "object" || next === null) break;
      place = next as Record<string, unknown>;
    }
    place[path.at(-1) ?? section] = value;
    return pipeline;
  });

describe("config, whatever it holds", () => {
  it("is read, or refused by a ConfigError that says what to do", () => {
    fc.assert(
      fc.property(
        fc.oneof(anything, fc.dictionary(fc.constant("churn"), anything)),
        (pipelines) => {
          for (const { path, rule, remedy } of problemsOf(pipelines)) {
            expect(path, rule).to.match(/^(pipelines|stack|aws:region)/);
            expect(rule.length, path).to.be.above(3);
            expect(remedy.length, path).to.be.above(3);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("is refused at keys that are there, or that could be", () => {
    fc.assert(
      fc.property(nearlyRight, (pipeline) => {
        for (const { path, rule } of problemsOf({ churn: pipeline })) {
          const rest = path.slice("pipelines.churn".length);
          expect(isPlace(pipeline, rest), `${path}: ${rule}`).to.equal(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  for (const place of places) {
    it(`is read or refused with any value for ${place}`, () => {
      fc.assert(
        fc.property(fc.oneof(fc.constantFrom(...values), anything), (value) => {
          for (const { path } of problemsOf({
            churn: withValue(minimalPipeline(), place, value),
          })) {
            expect(path).to.match(/^pipelines\.churn/);
          }
        }),
        { numRuns: 200 }, // each of the values that mean something somewhere is met then, but for one in a hundred
      );
    });
  }

  it("is read or refused with any network", () => {
    const mapping = fc.dictionary(
      fc.constantFrom(
        ..."create cidrBlock availabilityZones natGateways subnetIds securityGroupIds".split(" "),
      ),
      anything,
    );
    fc.assert(
      fc.property(fc.oneof(anything, mapping, fc.record({ create: mapping })), (network) => {
        for (const { path } of problemsOf({ churn: minimalPipeline() }, network)) {
          expect(path).to.match(/^(retraining:)?network/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is told as it was written", () => {
    fc.assert(
      fc.property(anything, (enabled) => {
        const reported = problemsOf({ churn: { ...minimalPipeline(), enabled } });
        if (typeof enabled === "boolean" || enabled === undefined) {
          expect(reported).to.deep.equal([]);
        } else {
          expect(reported.map(({ path, received }) => ({ path, received }))).to.deep.equal([
            { path: "pipelines.churn.enabled", received: enabled },
          ]);
        }
      }),
    );
  });
});

describe("hyperparameters, whatever form they have", () => {
  const right = fc.record(
    {
      objective: fc.constantFrom("binary:logistic", "binary:logitraw"),
      num_round: fc.oneof(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1 }).map(String)),
      eval_metric: fc.constantFrom("error", "error,auc", ["logloss", "error"]),
      eta: fc.double({ min: 0, max: 1, noNaN: true }),
      gamma: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
      max_depth: fc.integer({ min: 0, max: 1e6 }),
      seed: fc.integer({ min: -2147483647, max: 2147483646 }),
      early_stopping_rounds: fc.integer({ min: 1, max: 1e6 }),
    },
    { requiredKeys: ["objective", "num_round", "eval_metric"] },
  );

  it("are accepted where they are right, and reach the container as texts", () => {
    fc.assert(
      fc.property(right, (hyperparameters) => {
        const [pipeline] = parse({
          churn: { ...minimalPipeline(), training: { hyperparameters } },
        }).pipelines;

        const given = pipeline?.training.hyperparameters ?? {};
        expect(Object.keys(given).sort()).to.deep.equal(Object.keys(hyperparameters).sort());
        for (const [name, value] of Object.entries(given)) {
          expect(value, name).to.be.a("string");
          const written = hyperparameters[name as keyof typeof hyperparameters];
          if (typeof written === "number") {
            expect(Number(value), name).to.equal(written);
            expect(value, name).not.to.contain("e");
          } else expect(value, name).to.equal(String(written));
        }
      }),
    );
  });

  it("reach the container as they are where nobody checks them", () => {
    const name = fc.stringMatching(/^[a-z_]{1,20}$/).filter((text) => text !== "__proto__");
    const value = fc.oneof(fc.string({ maxLength: 50 }), fc.integer(), fc.boolean());
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 20 }), (uncheckedHyperparameters) => {
        const { hyperparameters } = minimalPipeline().training;
        const free = Object.entries(uncheckedHyperparameters).filter(
          ([key]) => !Object.hasOwn(hyperparameters, key),
        );
        const training = { hyperparameters, uncheckedHyperparameters: Object.fromEntries(free) };
        const [pipeline] = parse({ churn: { ...minimalPipeline(), training } }).pipelines;

        for (const [key, written] of free) {
          expect(pipeline?.training.hyperparameters[key]).to.equal(String(written));
        }
      }),
    );
  });
});

/** Whether `path`, which starts with a dot, leads to something in `value`, or to a key that a mapping there lacks. */
function isPlace(value: unknown, path: string): boolean {
  if (path === "") return true;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value === undefined || value === null ? isKnownPath(path) : false;
  }
  const mapping = value as Record<string, unknown>;
  const names = Object.keys(mapping).filter(
    (name) => path === `.${name}` || path.startsWith(`.${name}.`),
  );
  return (
    names.some((name) => isPlace(mapping[name], path.slice(name.length + 1))) || isKnownPath(path)
  );
}

/** Of keys that stand in the documentation, or that an algorithm has. */
function isKnownPath(path: string): boolean {
  return path
    .slice(1)
    .split(".")
    .every((key) => keys.includes(key) || names.has(key));
}

const names = new Set(
  Object.values<Algorithm>(algorithms).flatMap(({ channels, hyperparameters }) => [
    ...Object.keys(channels),
    ...Object.keys(hyperparameters),
  ]),
);
