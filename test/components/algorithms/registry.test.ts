import { expect } from "chai";
import { algorithms } from "../../../components/algorithms/index.ts";
import { regionsWith, registryAccounts } from "../../../components/algorithms/registry.ts";
import { tinyAlgorithm } from "./tiny-algorithm.ts";

describe("regionsWith", () => {
  it("lists the regions of the version's own repository", () => {
    const newer = regionsWith(algorithms.xgboost, "3.0-5");
    const oldest = regionsWith(algorithms.xgboost, "1");

    expect(newer.filter((region) => !oldest.includes(region))).to.deep.equal([
      "ca-west-1",
      "il-central-1",
      "us-isof-east-1",
      "us-isof-south-1",
    ]);
    expect(newer).to.deep.equal([...newer].sort());
  });

  it("lists none where no registry is known", () => {
    expect(regionsWith(tinyAlgorithm(), "1")).to.deep.equal([]);
  });

  it("knows no version that is not there", () => {
    expect(() => regionsWith(algorithms.xgboost, "9.9")).to.throw(RangeError);
  });
});

describe("registryAccounts", () => {
  it("gives twelve digits for every region", () => {
    const accounts = [...registryAccounts.values()].flatMap((byRegion) => Object.values(byRegion));

    expect(accounts.filter((account) => !/^\d{12}$/.test(account))).to.deep.equal([]);
  });
});
