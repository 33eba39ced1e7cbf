import { expect } from "chai";
import {
  type Algorithm,
  isInVersions,
  prebuiltImage,
} from "../../../components/algorithms/algorithm.ts";
import { checkContentType } from "../../../components/algorithms/check-content-type.ts";
import { checkHyperparameters } from "../../../components/algorithms/check-hyperparameters.ts";
import { checkMetric } from "../../../components/algorithms/check-metric.ts";
import { checkValue } from "../../../components/algorithms/check-value.ts";
import type { HyperparameterSpec } from "../../../components/algorithms/hyperparameter-spec.ts";
import { algorithms, isAlgorithmName } from "../../../components/algorithms/index.ts";
import { regionsWith } from "../../../components/algorithms/registry.ts";
import { isMemberOf } from "./is-member-of.ts";

for (const [key, algorithm] of Object.entries<Algorithm>(algorithms)) {
  const { defaultVersion, hyperparameters, metrics, channels, example } = algorithm;
  const versions = algorithm.versions.map(({ name }) => name);
  const specs = Object.entries(hyperparameters);

  describe(`catalogue entry ${key}`, () => {
    it("is named as config names it", () => {
      expect(algorithm.name).to.equal(key);
    });

    it("has its defaults among what it takes", () => {
      expect(versions).to.include(defaultVersion);
      expect(algorithm.inputModes[0]).to.equal("File");
      expect(checkContentType(algorithm, algorithm.defaultContentType, "File")).to.equal(undefined);
    });

    it("has images somewhere, of every version", () => {
      const regions = versions.map((version) => regionsWith(algorithm, version).length);

      expect(Math.min(...regions)).to.be.greaterThan(10);
      expect(prebuiltImage(algorithm, defaultVersion).imageTag).to.match(/^[\w.-]+$/);
    });

    it("trains from a train channel", () => {
      expect(channels["train"]?.required).to.equal(true);
    });

    it("bounds nothing by a version that is not there", () => {
      const ranges = [
        ...specs.flatMap(([, spec]) => [
          spec,
          ...Object.values("valueVersions" in spec ? (spec.valueVersions ?? {}) : {}),
        ]),
        ...Object.values(metrics),
      ];
      const bounds = ranges
        .flatMap(({ since, until }) => [since, until])
        .filter((bound) => bound !== undefined);

      expect(bounds.filter((bound) => !versions.includes(bound))).to.deep.equal([]);
    });

    it("has no two hyperparameters of one name", () => {
      const names = specs.flatMap(([name, spec]) => [name, ...(spec.aliases ?? [])]);

      expect(new Set(names).size).to.equal(names.length);
    });

    for (const [name, spec] of specs) {
      if (spec.default === undefined) continue;
      it(`takes its own default of ${name}`, () => {
        const version = spec.until ?? defaultVersion;

        expect(checkValue(algorithm, version, spec, String(spec.default))).to.equal(undefined);
      });
    }

    it("takes all its defaults at once, beside its example", () => {
      const defaults = specs.flatMap(([name, spec]) =>
        spec.default === undefined || !isInVersions(algorithm, defaultVersion, spec)
          ? []
          : [[name, spec.default]],
      );
      const given = { ...Object.fromEntries(defaults), ...example.hyperparameters };

      const { problems } = checkHyperparameters(algorithm, defaultVersion, given);

      expect(problems).to.deep.equal([]);
    });

    it("takes its example, and names what is missing from it", () => {
      const required = specs.filter(([, spec]) => spec.required).map(([name]) => name);
      const check = (given: object) =>
        checkHyperparameters(algorithm, defaultVersion, { ...given }).problems;

      expect(check(example.hyperparameters)).to.deep.equal([]);
      for (const name of required) {
        const { [name]: _, ...others } = example.hyperparameters;

        expect(check(others).map(({ hyperparameter }) => hyperparameter)).to.include(name);
      }
    });

    it("has a gate in its example where it can have one", () => {
      expect(example.gate === undefined).to.equal(Object.keys(metrics).length === 0);
      if (example.gate === undefined) return;
      const { hyperparameters: given } = checkHyperparameters(algorithm, defaultVersion, {
        ...example.hyperparameters,
      });
      const run = { algorithm, version: defaultVersion, hyperparameters: given };

      expect(checkMetric(run, example.gate.metric)).to.equal(undefined);
    });

    it("lets its metrics follow hyperparameters that it has", () => {
      expect(specs.map(([name]) => name)).to.include.members([...algorithm.metricsFollow]);
    });

    it("gives every metric a direction and a channel that it has, the one that it is named after", () => {
      for (const [name, { direction, channel }] of Object.entries(metrics)) {
        expect(direction).to.be.oneOf(["min", "max"]);
        expect(channels).to.have.property(channel);
        expect(name).to.match(new RegExp(`^${channel}:\\S`));
      }
    });

    it("names channels and content types that it has", () => {
      const named = specs.flatMap(([, { channel }]) => (channel === undefined ? [] : [channel]));
      const wanted = Object.values(channels).flatMap(({ requiredFor }) => requiredFor ?? []);

      expect(Object.keys(channels)).to.include.members(named);
      expect(Object.keys(channels)).to.include.members(Object.keys(example.channels ?? {}));
      expect(algorithm.contentTypes).to.include.members([
        ...wanted,
        ...(algorithm.pipeContentTypes ?? []),
      ]);
    });

    it("tunes hyperparameters that it has, within what they take", () => {
      for (const [name, range] of Object.entries(algorithm.tunable)) {
        const spec = hyperparameters[name];
        expect(spec, name).not.to.equal(undefined);
        if (spec === undefined) continue;
        const ends = range.type === "categorical" ? range.values : [range.min, range.max];
        for (const end of ends) {
          const isTaken = isMemberOf(algorithm, spec, String(end)) || isOpenEnd(spec, end);
          expect(isTaken, `${name} ${end}`).to.equal(true);
        }
      }
    });

    it("shares files out between instances only where there may be several", () => {
      const shared = Object.values(channels).some(
        ({ distribution }) => distribution === "ShardedByS3Key",
      );

      if (shared) expect(algorithm.instances.distributed).to.equal(true);
    });

    it("speaks in phrases and sentences without a full stop at their end", () => {
      const phrases = [
        algorithm.summary,
        ...specs.map(([, { description }]) => description),
        ...Object.values(metrics).map(({ description }) => description),
        ...Object.values(channels).map(({ description }) => description),
        ...algorithm.notes,
        example.etlWrites,
      ];

      expect(
        phrases.filter((phrase) => phrase.trim() !== phrase || /^$|\.$/.test(phrase)),
      ).to.deep.equal([]);
    });

    it("answers in formats that its example shows", () => {
      const { requests, responses, exampleRequest, exampleResponse } = algorithm.serving;
      for (const [type, text] of [
        [requests[0], exampleRequest],
        [responses[0], exampleResponse],
      ] as const) {
        if (type === "application/json") expect(() => JSON.parse(text)).not.to.throw();
        else expect(text).not.to.equal("");
      }
    });
  });
}

/** AWS's ranges for tuning write ends that its table of hyperparameters excludes. */
function isOpenEnd(spec: HyperparameterSpec, end: string | number): boolean {
  return (
    (spec.type === "float" || spec.type === "integer") &&
    [spec.above, spec.below].includes(Number(end))
  );
}

describe("isAlgorithmName", () => {
  it("knows the catalogue's names, and no other", () => {
    expect(Object.keys(algorithms).map(isAlgorithmName)).to.deep.equal(
      Object.keys(algorithms).map(() => true),
    );
    expect(["XGBoost", "toString", ""].map(isAlgorithmName)).to.deep.equal([false, false, false]);
  });

  it("knows all of SageMaker's own algorithms", () => {
    expect(Object.keys(algorithms)).to.have.length(17);
  });
});
