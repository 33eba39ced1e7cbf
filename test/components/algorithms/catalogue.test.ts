import { expect } from "chai";
import { isInVersions, prebuiltImage } from "../../../components/algorithms/algorithm.ts";
import { checkValue } from "../../../components/algorithms/check-value.ts";
import { algorithms, isAlgorithmName } from "../../../components/algorithms/index.ts";

for (const [key, algorithm] of Object.entries(algorithms)) {
  const versions = algorithm.versions.map(({ name }) => name);
  const specs = Object.entries(algorithm.hyperparameters);

  describe(`catalogue entry ${key}`, () => {
    it("is named as config names it", () => {
      expect(algorithm.name).to.equal(key);
    });

    it("has its defaults among what it takes", () => {
      expect(versions).to.include(algorithm.defaultVersion);
      expect(algorithm.contentTypes).to.include(algorithm.defaultContentType);
    });

    it("trains from a train channel", () => {
      expect(algorithm.channels["train"]?.required).to.equal(true);
    });

    it("bounds nothing by a version that is not there", () => {
      const ranges = [
        ...specs.flatMap(([, spec]) => [
          spec,
          ...Object.values("valueVersions" in spec ? (spec.valueVersions ?? {}) : {}),
        ]),
        ...Object.values(algorithm.metrics),
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
        const version = spec.until ?? algorithm.defaultVersion;

        expect(checkValue(algorithm, version, spec, String(spec.default))).to.equal(undefined);
      });
    }

    it("lets its metrics follow hyperparameters that it has", () => {
      expect(specs.map(([name]) => name)).to.include.members([...algorithm.metricsFollow]);
    });

    it("gives every metric a direction", () => {
      for (const { direction } of Object.values(algorithm.metrics)) {
        expect(direction).to.be.oneOf(["min", "max"]);
      }
    });
  });
}

describe("isAlgorithmName", () => {
  it("knows the catalogue's names, and no other", () => {
    expect(Object.keys(algorithms).map(isAlgorithmName)).to.deep.equal(
      Object.keys(algorithms).map(() => true),
    );
    expect(["XGBoost", "toString", ""].map(isAlgorithmName)).to.deep.equal([false, false, false]);
  });
});

describe("prebuiltImage", () => {
  for (const [version, repositoryName, imageTag] of [
    ["3.0-5", "sagemaker-xgboost", "3.0-5"],
    ["1.0-1", "sagemaker-xgboost", "1.0-1-cpu-py3"],
    ["1", "xgboost", "1"],
  ] as const) {
    it(`is ${repositoryName}:${imageTag} for XGBoost ${version}`, () => {
      expect(prebuiltImage(algorithms.xgboost, version)).to.deep.equal({
        repositoryName,
        imageTag,
      });
    });
  }

  it("is none for a version that is not there", () => {
    expect(() => prebuiltImage(algorithms.xgboost, "9.9-9")).to.throw(
      RangeError,
      "XGBoost has no version 9.9-9",
    );
  });
});

describe("isInVersions", () => {
  for (const [version, range, expected] of [
    ["1.7-1", {}, true],
    ["1.2-1", { since: "1.3-1" }, false],
    ["1.3-1", { since: "1.3-1" }, true],
    ["3.0-5", { since: "1.3-1" }, true],
    ["1.5-1", { until: "1.5-1" }, true],
    ["1.7-1", { until: "1.5-1" }, false],
    ["0.90-2", { since: "0.90-1", until: "1.0-1" }, true],
  ] as const) {
    it(`${expected ? "has" : "has not"} ${version} in ${JSON.stringify(range)}`, () => {
      expect(isInVersions(algorithms.xgboost, version, range)).to.equal(expected);
    });
  }
});
