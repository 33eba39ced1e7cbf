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
      "models/t/",
    ]);
    expect(bucketLayout.checkpoints("t")).to.equal("output/t/checkpoints/");
    expect(bucketLayout.channel("t", "auxiliary")).to.equal("output/t/auxiliary/");
  });

  it("writes nothing where uploads start runs", () => {
    const { inputPrefix, library, script, snapshot, report, refusal, output, model } = bucketLayout;
    const written = [
      library,
      script("s.py"),
      ...[snapshot, report, refusal, output, model].map((key) => key("t")),
    ];

    expect(inputPrefix).to.equal("input/");
    expect(written.filter((key) => key.startsWith(inputPrefix))).to.deep.equal([]);
  });

  it("puts keys below the prefixes that policies and lifecycles name", () => {
    const { codePrefix, runsPrefix, refusedPrefix, outputPrefix, modelsPrefix } = bucketLayout;

    expect(bucketLayout.library.startsWith(codePrefix)).to.equal(true);
    expect(bucketLayout.script("s.py")).to.equal(`${codePrefix}s.py`);
    expect(bucketLayout.report("t").startsWith(runsPrefix)).to.equal(true);
    expect(bucketLayout.refusal("t").startsWith(refusedPrefix)).to.equal(true);
    expect(bucketLayout.model("t").startsWith(modelsPrefix)).to.equal(true);
    expect(bucketLayout.output("t")).to.equal(`${outputPrefix}t/`);
  });

  it("keeps models apart from what expires", () => {
    const { runsPrefix, refusedPrefix, outputPrefix, model } = bucketLayout;

    for (const expiring of [runsPrefix, refusedPrefix, outputPrefix]) {
      expect(model("t").startsWith(expiring)).to.equal(false);
    }
  });
});
