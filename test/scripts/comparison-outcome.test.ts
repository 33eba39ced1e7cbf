import { expect } from "chai";
import { labelLines, outcomeLines } from "../../scripts/comparison-outcome.ts";
import { nothingState, promotedState, reportOf, tooFewState } from "../support/comparison-state.ts";

function labelled(report: object, key = "input/1/data.csv") {
  const { etl, input } = reportOf(promotedState());
  if (etl === null) throw new Error("the example has run ETL");
  return labelLines({ etl: { ...etl, report }, input: { ...input, key } });
}

describe("labelLines", () => {
  it("names the column of the label, its file, and how many features there are", () => {
    const facts = { label: "y", features: 5, inputFormat: "csv", files: ["s3://b/0001.csv"] };

    expect(labelled(facts)).to.deep.equal(["label: column 'y' of data.csv; 5 features"]);
  });

  it("counts the earlier files that a run trains on too", () => {
    const facts = { label: "y", features: 5, inputFormat: "csv", files: ["a", "b", "c"] };

    expect(labelled(facts)).to.deep.equal(["label: column 'y' of data.csv and 2 more; 5 features"]);
  });

  it("says where the label stands in a file without names", () => {
    expect(labelled({ label: null, features: 8, inputFormat: "libsvm" }, "input/a.libsvm")).to.eql([
      "label: what each row of a.libsvm starts with (libsvm); 8 features",
    ]);
    expect(labelled({ label: null, features: 2, inputFormat: "csv" })).to.deep.equal([
      "label: the first column of data.csv, which has no header; 2 features",
    ]);
  });

  it("says nothing of what a script of the user's left out", () => {
    expect(labelled({ rows: { test: 3 } })).to.deep.equal([]);
  });
});

describe("outcomeLines", () => {
  it("names the winner and what serves", () => {
    const report = reportOf(promotedState());

    const lines = outcomeLines(report);

    expect(lines).to.include(`winner: ${report.winner}: ${report.reason}`);
    expect(lines.at(-1)).to.equal(
      `promotion: ${report.winner} serves ${report.promotion?.endpoint?.name}`,
    );
  });

  it("tells who failed where too few have results", () => {
    const lines = outcomeLines(reportOf(tooFewState(), null));

    expect(lines.join("\n"))
      .to.contain(" failed: TrainingFailed: ")
      .and.to.match(/^too few results: /m);
  });

  it("tells why nothing was compared", () => {
    const report = reportOf(nothingState(), null);

    expect(outcomeLines(report).join("\n")).to.contain(`${report.error?.name}: `);
  });

  it("tells an error once, and of no promotion, where nothing was compared", () => {
    const report = reportOf(nothingState(), null);

    expect(outcomeLines(report)).to.deep.equal(["EtlFailed: row 3"]);
    expect(outcomeLines(report, "EtlFailed")).to.deep.equal([]);
  });

  it("tells once why there are too few results", () => {
    const report = reportOf(tooFewState(), null);
    const failed = "linear-learner failed: TrainingFailed: AlgorithmError: no";

    expect(outcomeLines(report)).to.deep.equal([failed, `too few results: ${report.reason}`]);
    expect(outcomeLines(report, "TooFewResults")).to.deep.equal([failed]);
  });

  it("names the winner and the error of a promotion that failed", () => {
    const failure = { name: "EndpointUpdateFailed", cause: "no capacity" };
    const report = reportOf(promotedState({ failure, endpoint: null }));
    const winner = `winner: xgboost: ${report.reason}`;

    expect(outcomeLines(report)).to.deep.equal([
      winner,
      "EndpointUpdateFailed: no capacity",
      "promotion: failed",
    ]);
    expect(outcomeLines(report, failure.name)).to.deep.equal([winner, "promotion: failed"]);
  });

  it("says where promotion is off of a comparison that succeeded", () => {
    expect(outcomeLines(reportOf()).at(-1)).to.equal(
      "promotion: off in config (promotion.enabled)",
    );
  });
});
