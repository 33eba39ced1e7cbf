import { expect } from "chai";
import { comparisonTable } from "../../../local/cli/comparison-table.ts";
import {
  comparisonState,
  failedCandidate,
  noWinner,
  promotedState,
  reportOf,
  scoreFile,
} from "../../support/comparison-state.ts";

describe("comparisonTable", () => {
  it("writes scores of one metric with as many decimals, and seconds with one", () => {
    expect(comparisonTable(reportOf())).to.deep.equal([
      "  candidate       RMSE                 MAE    R²      training",
      "  xgboost         2.00 (1.90 to 2.10)  1.000  0.5000  120.0 s",
      "  linear-learner  2.50 (2.40 to 2.60)  1.250  0.5000  120.0 s",
      "  (baseline)      3.50 (3.40 to 3.60)  1.750  0.5000",
      "",
      "  xgboost against linear-learner: better by 0.50 (0.20 to 0.80) in RMSE",
      "  xgboost wins: xgboost is clearly better than every other candidate",
    ]);
  });

  it("says why a score is not there, as it is and as JSON has it", () => {
    const nothing = { value: null, interval: { low: null, high: null } } as never;
    const unclear = { ...noWinner.comparisons[0], gain: null } as never;
    for (const r2 of [undefined, nothing]) {
      const own = { rmse: { value: 2 }, mae: { value: 1 }, ...(r2 !== undefined && { r2 }) };
      const verdict = { ...noWinner, comparisons: [unclear] };
      const scores = { xgboost: own, "linear-learner": own };

      const lines = comparisonTable(
        reportOf(comparisonState(), scoreFile({ scores, baseline: own, verdict })),
      );

      expect(lines[1]).to.equal("  xgboost         2.000  1.000  –   120.0 s");
      expect(lines).to.contain("  R² is not defined: the labels of the test rows are all the same");
      expect(lines).to.contain("  xgboost against linear-learner: better by – in RMSE, not clear");
    }
  });

  it("says which candidate failed, and what became of production", () => {
    const results = [...comparisonState().results, failedCandidate("knn", "c03")];
    const failure = { name: "EndpointUpdateFailed", cause: "no ping" };

    const served = comparisonTable(reportOf(promotedState({ results })));
    const failed = comparisonTable(reportOf(promotedState({ failure })));

    expect(served).to.contain("  knn             failed: TrainingFailed");
    expect(served.at(-1)).to.match(/xgboost wins, and serves abalone-dev: /);
    expect(failed.at(-1)).to.equal("  not promoted: EndpointUpdateFailed");
  });
});
