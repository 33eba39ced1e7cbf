import { expect } from "chai";
import { type Algorithm, writesCheckpoints } from "../../../components/algorithms/algorithm.ts";
import { algorithms } from "../../../components/algorithms/index.ts";

describe("writesCheckpoints", () => {
  it("holds for XGBoost since 0.90-1", () => {
    const { xgboost } = algorithms;
    const without = xgboost.versions.filter(({ name }) => !writesCheckpoints(xgboost, name));

    expect(without.map(({ name }) => name)).to.deep.equal(["1"]);
  });

  it("holds for those of the other algorithms that learn from images", () => {
    const all: readonly Algorithm[] = Object.values(algorithms);
    const writing = all
      .filter(({ name }) => name !== "xgboost")
      .filter((algorithm) => writesCheckpoints(algorithm, algorithm.defaultVersion));

    for (const { name, tasks } of writing) {
      expect(tasks.join(), name).to.match(/image|object|segmentation/);
    }
  });
});
