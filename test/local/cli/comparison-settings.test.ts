import { expect } from "chai";
import { readCompareOptions } from "../../../local/cli/compare-inputs.ts";
import { comparisonSettings } from "../../../local/cli/comparison-settings.ts";

const config = {
  abalone: { enabled: false, etl: { script: "glue/libsvm_split.py" }, evaluation: { samples: 50 } },
  other: {},
};
const file = {
  "aws:region": "us-east-2",
  "retraining:pipelines": "{}",
  "retraining:comparisons": JSON.stringify(config),
};
const none = { comparison: undefined, label: undefined, promote: false, by: undefined };

describe("comparisonSettings", () => {
  it("enables the first comparison alone, and leaves it as it is", () => {
    const { name, settings } = comparisonSettings("local", file, none);

    expect(name).to.equal("abalone");
    expect(settings).to.deep.equal({
      "aws:region": "us-east-2",
      "retraining:comparisons": JSON.stringify({ abalone: { ...config.abalone, enabled: true } }),
    });
  });

  it("puts in what the options say, beside what config has", () => {
    const options = { comparison: "abalone", label: "y", promote: true, by: "batch" };

    const { settings } = comparisonSettings("local", file, options);

    expect(JSON.parse(settings["retraining:comparisons"] ?? "")).to.deep.equal({
      abalone: {
        enabled: true,
        etl: { script: "glue/libsvm_split.py", arguments: { LABEL_COLUMN: "y" } },
        evaluation: { samples: 50, by: "batch" },
        promotion: { enabled: true },
      },
    });
  });

  it("names the comparisons that there are", () => {
    expect(() => comparisonSettings("local", file, { ...none, comparison: "abalon" })).to.throw(
      "Pulumi.local.yaml has no comparison abalon: retraining:comparisons has abalone, other",
    );
  });
});

describe("comparisonSettings of what is no mapping", () => {
  it("names the setting and the file", () => {
    const text = { "aws:region": "us-east-2", "retraining:comparisons": "abc" };

    expect(() => comparisonSettings("local", text, none))
      .to.throw("(Pulumi.local.yaml)")
      .with.property("message")
      .that.contains('  retraining:comparisons\n    got   "abc"\n    rule  a mapping');
  });
});

describe("readCompareOptions", () => {
  it("reads --label", async () => {
    const options = await readCompareOptions(["--label", "y"]);

    expect(options).to.include({ label: "y", promote: false });
  });
});
