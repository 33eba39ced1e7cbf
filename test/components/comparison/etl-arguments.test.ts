import { expect } from "chai";
import { abalone, abaloneContext } from "../../support/comparison.ts";

describe("arguments of a comparison's ETL script", () => {
  it("say what to write, how to split it, and how many test rows can be compared", () => {
    expect(abaloneContext().config.etl.arguments).to.deep.equal({
      FORMATS: "csv,libsvm",
      TASK: "regression",
      SPLIT: "70,15,15",
      SEED: "1",
      MAX_TEST_ROWS: "500000",
    });
  });

  it("bound no test rows where only some of them are predicted", () => {
    const evaluation = { ...abalone().evaluation, samples: 30 };

    expect(abaloneContext({ evaluation }).config.etl.arguments).not.to.have.property(
      "MAX_TEST_ROWS",
    );
  });
});
