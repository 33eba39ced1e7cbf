import { expect } from "chai";
import { bucketLayout } from "../../components/bucket-layout.ts";

describe("bucketLayout", () => {
  it("keeps everything of a run below the run's title", () => {
    const { snapshot, report, refusal, train, validate, test, etlReport, model } = bucketLayout;

    expect(
      [snapshot, report, refusal, train, validate, test, etlReport, model].map((key) => key("t")),
    ).to.deep.equal([
      "runs/t/input.csv",
      "runs/t/report.json",
      "refused/t.json",
      "output/t/train/",
      "output/t/validate/",
      "output/t/test/",
      "output/t/etl.json",
      "output/t/model/",
    ]);
  });

  it("writes nothing where uploads start runs", () => {
    const { inputPrefix, library, script, snapshot, report, refusal, output } = bucketLayout;
    const written = [
      library,
      script("s.py"),
      ...[snapshot, report, refusal, output].map((key) => key("t")),
    ];

    expect(inputPrefix).to.equal("input/");
    expect(written.filter((key) => key.startsWith(inputPrefix))).to.deep.equal([]);
  });

  it("puts keys below the prefixes that policies and lifecycles name", () => {
    const { codePrefix, runsPrefix, refusedPrefix, outputPrefix } = bucketLayout;

    expect(bucketLayout.library.startsWith(codePrefix)).to.equal(true);
    expect(bucketLayout.script("s.py")).to.equal(`${codePrefix}s.py`);
    expect(bucketLayout.report("t").startsWith(runsPrefix)).to.equal(true);
    expect(bucketLayout.refusal("t").startsWith(refusedPrefix)).to.equal(true);
    expect(bucketLayout.model("t").startsWith(bucketLayout.output("t"))).to.equal(true);
    expect(bucketLayout.output("t")).to.equal(`${outputPrefix}t/`);
  });
});
