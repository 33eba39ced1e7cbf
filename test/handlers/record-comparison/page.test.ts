import { expect } from "chai";
import { type PageData, renderComparison } from "../../../handlers/record-comparison/page.ts";
import type { ComparisonReport } from "../../../handlers/record-comparison/report.ts";
import {
  comparisonState,
  failedCandidate,
  nothingState,
  noWinner,
  promotedState,
  reportOf,
  scoredCandidate,
  scoreFile,
  tooFewState,
} from "../../support/comparison-state.ts";
import { elementsOf, textOf } from "../../support/html.ts";

const none: PageData = { predictions: {}, curves: {} };
const drawn: PageData = {
  predictions: {
    xgboost: { labels: [1, 2, 3, 4], values: [1.1, 2.2, 2.9, 4] },
    "linear-learner": { labels: [1, 2, 3, 4], values: [2, 2, 2, 2] },
  },
  curves: { xgboost: { "validation:rmse": [4, 3, 2] }, "linear-learner": {} },
};
const evil = `</td><script>alert("x")</script>&'<b>`;

/** Count of an element on the page. */
function count(report: ComparisonReport, data: PageData, element: string): number {
  return elementsOf(renderComparison(report, data)).filter((each) => each === element).length;
}

const noClear = reportOf(
  comparisonState({
    compared: { outcome: "no clear winner", winner: null, promote: false, reason: "chance" },
  }),
  scoreFile({ verdict: noWinner }),
);
const states: Record<string, [ComparisonReport, PageData, RegExp]> = {
  "with a winner": [reportOf(), drawn, /xgboost wins Succeeded xgboost is clearly better/],
  "with a winner that serves": [reportOf(promotedState()), drawn, /xgboost wins Succeeded/],
  "with a winner that could not be deployed": [
    reportOf(promotedState({ failure: { name: "EndpointUpdateFailed", cause: "no ping" } })),
    drawn,
    /xgboost wins Failed .* EndpointUpdateFailed no ping/,
  ],
  "without a clear winner": [
    noClear,
    drawn,
    /No clear winner; the cheapest of the best is linear-learner Succeeded chance\./,
  ],
  "with too few results": [
    reportOf(tooFewState(), scoreFile({ verdict: null })),
    { ...drawn, predictions: {} },
    /Too few results to compare Failed only one candidate has scores/,
  ],
  "with no result at all": [
    reportOf(
      comparisonState({ ...tooFewState(), results: [failedCandidate("xgboost", "c01")] }),
      null,
    ),
    none,
    /Too few results to compare Failed .* xgboost failed: TrainingFailed: AlgorithmError: no/,
  ],
  "where ETL failed": [
    reportOf(nothingState(), null),
    none,
    /Nothing was compared Failed .* EtlFailed row 3/,
  ],
};

describe("renderComparison", () => {
  for (const [what, [report, data, said]] of Object.entries(states)) {
    it(`is a whole page that says what came of it ${what}`, () => {
      const html = renderComparison(report, data);

      expect(html.startsWith("<!doctype html>\n<html lang=")).to.equal(true);
      expect(elementsOf(html).slice(0, 6)).to.deep.equal([
        "html",
        "head",
        "meta",
        "meta",
        "title",
        "body",
      ]);
      expect(textOf(html)).to.match(said);
    });
  }

  it("needs nothing else: no script, no link, no picture from elsewhere", () => {
    const html = renderComparison(reportOf(), drawn);

    const loading = ["script", "link", "img", "iframe"];
    expect(elementsOf(html).filter((each) => loading.includes(each))).to.deep.equal([]);
    expect(html).not.to.match(/https?:|src=|href=|@import|url\(/);
  });

  it("draws each metric, what was predicted, residuals, and curves of training", () => {
    const html = renderComparison(reportOf(), drawn);

    const labels = [...html.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label);
    expect(labels).to.deep.equal([
      "RMSE",
      "MAE",
      "R²",
      "Predicted over actual",
      "Residuals",
      "validation:rmse",
      "Predicted over actual",
      "Residuals",
    ]);
    expect(textOf(html)).to.contain("RMSE (lower is better, without a model 3.5)");
    expect(textOf(html)).to.contain("R² (higher is better, without a model 0.5)");
  });

  it("tells the best one's gain over each other and over a guess", () => {
    const said = textOf(renderComparison(reportOf(), none));
    const unclear = textOf(renderComparison(noClear, none));

    expect(said).to.contain("xgboost against linear-learner 0.5 0.2 to 0.8 clear");
    expect(said).to.contain("xgboost against baseline 1.5 1 to 2 clear");
    expect(unclear).to.contain("xgboost against linear-learner 0.1 not defined not clear");
  });

  it("tells rows, rules, and what each candidate took", () => {
    const said = textOf(renderComparison(reportOf(), none));

    expect(said).to.contain("20 train, 5 validation, 5 test (4 predicted)");
    expect(said).to.contain("RMSE, margin 0.05");
    expect(said).to.contain("xgboost 120 s of ml.m5.xlarge 208 s of ml.m5.large");
  });

  it("tells confidence as people write it", () => {
    const { rules } = comparisonState();
    const report = reportOf(comparisonState({ rules: { ...rules, confidence: 0.55 } }));

    expect(textOf(renderComparison(report, none))).to.contain("55 %, 1000 resamples");
  });

  it("draws no predictions of classes", () => {
    const { rules } = comparisonState();
    const scores = scoreFile({ scores: { xgboost: { accuracy: { value: 0.9 } } } });
    const report = reportOf(
      comparisonState({ rules: { ...rules, task: "binary", metric: "accuracy" } }),
      scores,
    );

    expect(count(report, { ...drawn, curves: {} }, "svg")).to.equal(1);
  });

  it("draws at most some hundred of many points", () => {
    const labels = Array.from({ length: 5000 }, (_, row) => row);
    const many = { predictions: { xgboost: { labels, values: labels } }, curves: {} };

    const points = count(reportOf(), many, "circle") - count(reportOf(), none, "circle");
    expect(points).to.be.within(200, 802);
  });

  it("draws equal values, too", () => {
    const flat = { labels: [2, 2], values: [2, 2] };
    const data = { predictions: { xgboost: flat }, curves: { xgboost: { loss: [1, 1] } } };

    expect(count(reportOf(), data, "svg")).to.equal(6);
  });

  it("escapes whatever it is given", () => {
    const types = { instanceType: evil, endpointInstanceType: evil };
    const tried = [
      { ...scoredCandidate(evil, "c01"), ...types },
      failedCandidate(`${evil}2`, "c02", evil),
    ];
    const state = comparisonState({
      results: tried,
      compared: { outcome: "winner", winner: "c01", promote: false, reason: evil },
      failure: { name: evil, cause: evil },
    });
    const comparison = { against: evil, gain: 1, interval: null, clear: false };
    const { verdict } = reportOf();
    const report = reportOf(
      { ...state, run: { ...state.run, key: evil, versionId: evil, title: evil } },
      scoreFile({
        scores: { [evil]: { rmse: { value: 1 } } },
        verdict: verdict && { ...verdict, winner: evil, best: evil, comparisons: [comparison] },
      }),
    );
    const data: PageData = {
      predictions: { [evil]: { labels: [1, 2], values: [1, 2] } },
      curves: { [evil]: { [evil]: [1, 2] } },
    };
    const html = renderComparison({ ...report, comparison: evil }, data);

    expect(elementsOf(html).filter((each) => each === "b")).to.deep.equal([]);
    expect(html).not.to.contain("<script");
    const told = textOf(html).split(evil).length - 1;
    expect(told).to.be.at.least(14);
  });
});
