import { expect } from "chai";
import { isInVersions, prebuiltImage } from "../../../components/algorithms/algorithm.ts";
import { algorithms } from "../../../components/algorithms/index.ts";

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
