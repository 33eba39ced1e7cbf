import { expect } from "chai";
import { drawnPredictions } from "../../../handlers/record-comparison/candidate-pictures.ts";
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
  curves: {
    xgboost: { "validation:rmse": [4, 3, 2], "train:rmse": [3, 2, 1], loss: [9, 8] },
    "linear-learner": {},
  },
};
const evil = `</td><script>alert("x")</script>&'<b>`;

const endpointOf = (action: "update" | "superseded") => ({
  name: "abalone-dev",
  action,
  configName: "c",
  modelName: "m",
});

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
  "with a winner that serves": [
    reportOf(promotedState()),
    drawn,
    /xgboost wins Succeeded .* now serves abalone-dev \(created\) run/,
  ],
  "with a winner that could not be deployed": [
    reportOf(promotedState({ failure: { name: "EndpointUpdateFailed", cause: "no ping" } })),
    drawn,
    /xgboost wins Failed EndpointUpdateFailed : no ping xgboost is clearly better .*\. not promoted EndpointUpdateFailed/,
  ],
  "without a clear winner": [
    noClear,
    drawn,
    /No clear winner; the cheapest of the best is linear-learner Succeeded chance\./,
  ],
  "with too few results": [
    reportOf(tooFewState(), scoreFile({ verdict: null })),
    { ...drawn, predictions: {} },
    /Too few results to compare Failed TooFewResults : only one candidate has scores; failed: linear-learner \(TrainingFailed: no\) not promoted promotion is off/,
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
    /Nothing was compared Failed EtlFailed : row 3 not promoted .*report\.json beside this page $/,
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

  it("needs nothing else: no script, no style, no picture from elsewhere", () => {
    const html = renderComparison(reportOf(), drawn);

    const loading = ["script", "link", "img", "iframe"];
    expect(elementsOf(html).filter((each) => loading.includes(each))).to.deep.equal([]);
    expect(html).not.to.match(/https?:|src=|@import|url\(/);
    expect(html.match(/href="[^"]*"/g)).to.deep.equal(['href="report.json"']); // where it is already
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
      "rmse",
      "loss",
      "Predicted over actual",
      "Residuals",
    ]);
    expect(textOf(html)).to.contain("RMSE (lower is better)");
    expect(textOf(html)).to.contain("R² (higher is better)");
  });

  it("draws train and validation of one metric together, each in its colour", () => {
    const html = renderComparison(reportOf(), drawn);

    const [, picture = ""] = /aria-label="rmse">(.*?)<\/svg>/s.exec(html) ?? [];
    const lines = [...picture.matchAll(/ class="(curve[^"]*)"/g)].map(([, kind]) => kind);
    expect(lines).to.deep.equal(["curve", "curve second"]);
    expect(textOf(picture)).to.match(/train validation 1 4 1 3 rmse/);
  });

  it("draws the guess without a model beside the candidates, and points to one that is far off", () => {
    const score = (value: number) => ({
      rmse: { value, interval: { low: value - 0.1, high: value + 0.1 } },
    });
    const scores = { xgboost: score(2), "linear-learner": score(2.5) };
    const pictureOf = (guess: number) => {
      const file = scoreFile({ scores, baseline: score(guess) });
      const html = renderComparison(reportOf(comparisonState(), file), none);
      return /aria-label="RMSE">(.*?)<\/svg>/s.exec(html)?.[1] ?? "";
    };

    expect(pictureOf(3)).to.contain('class="bar guess"');
    expect(pictureOf(300)).not.to.contain('class="bar guess"');
    for (const guess of [3, 300]) {
      expect(textOf(pictureOf(guess))).to.contain(`without a model ${guess.toFixed(2)}`);
    }
  });

  it("says why a score is not there, whatever JSON made of it", () => {
    const nothing = { value: null, interval: { low: null, high: null } } as never;
    const unclear = { ...noWinner.comparisons[0], gain: null } as never;
    const report = reportOf(
      comparisonState(),
      scoreFile({
        scores: { xgboost: { rmse: { value: 2 }, r2: nothing } },
        baseline: { rmse: { value: 3 } },
        verdict: { ...noWinner, comparisons: [unclear] },
      }),
    );

    const html = renderComparison(report, none);
    expect(elementsOf(html)).to.contain("svg");
    expect(textOf(html)).to.contain(
      "R² is not defined: the labels of the test rows are all the same.",
    );
    expect(textOf(html)).to.contain("xgboost against linear-learner – not defined not clear");
  });

  it("says among whom one wins where another one failed", () => {
    const results = [...comparisonState().results, failedCandidate("knn", "c03")];

    const said = textOf(renderComparison(reportOf(comparisonState({ results })), none));

    expect(said).to.contain("xgboost wins among the 2 that were scored Succeeded");
    expect(said).to.contain("knn failed: TrainingFailed: AlgorithmError: no");
  });

  it("tells the run, its time, its input, and what the columns are", () => {
    const report = reportOf();
    const etl = (facts: object) => {
      const told = report.etl && { ...report.etl, report: { rows: {}, ...facts } };
      return textOf(renderComparison({ ...report, etl: told }, none));
    };

    expect(textOf(renderComparison(report, none))).to.contain(
      "run request-01-0123456789 time 2026-05-01 10:00:01 UTC, for 60.0 min input input/request-01.csv (version v1) rows",
    );
    expect(etl({ label: "rings", features: 2, columns: ["rings", "sex", "length"] })).to.contain(
      "label rings features 2: sex, length rows",
    );
    expect(etl({ label: null, features: 8, columns: null })).to.contain(
      "label the first entry of each row, which has no name features 8 rows",
    );
  });

  it("tells hyperparameters of each candidate, those that were tuned apart", () => {
    const [first, second] = comparisonState().results;
    const tuning = {
      jobName: "tuning",
      strategy: "Random",
      objective: { metric: "validation:rmse", direction: "min", value: 2 },
      trainings: { completed: 3, stopped: 0, failed: 1 },
      seconds: 500,
      tuned: { eta: "0.31" },
    };
    const hyperparameters = { num_round: "50", eta: "0.31", _tuning_objective_metric: "rmse" };
    const training = {
      ...(first as unknown as { training: object }).training,
      tuning,
      hyperparameters,
    };
    const results = [{ ...first, training }, second] as never;

    const said = textOf(renderComparison(reportOf(comparisonState({ results })), none));

    expect(said).to.contain("xgboost num_round: 50 eta: 0.31 linear-learner num_round: 50 –");
  });

  for (const [what, state, text] of [
    ["promotion is off", comparisonState(), "not promoted promotion is off"],
    [
      "it was updated",
      promotedState({ endpoint: endpointOf("update") }),
      "now serves abalone-dev (updated)",
    ],
    [
      "a newer one serves",
      promotedState({
        endpoint: endpointOf("superseded"),
        newer: { title: "t2", uploadedAt: "2026-05-02T10:00:00.000Z", configName: "c" },
      }),
      "not promoted a newer run's model serves already, that of t2",
    ],
    [
      "the winner is not good enough",
      promotedState({
        compared: { outcome: "winner", winner: "c01", promote: false, reason: "no" },
        winner: null,
        endpoint: null,
      }),
      "not promoted xgboost does not reach promotion.threshold 3",
    ],
  ] as const) {
    it(`tells of production where ${what}`, () => {
      expect(textOf(renderComparison(reportOf(state), none))).to.contain(text);
    });
  }

  it("tells the best one's gain over each other and over a guess", () => {
    const said = textOf(renderComparison(reportOf(), none));
    const unclear = textOf(renderComparison(noClear, none));

    expect(said).to.contain("xgboost against linear-learner 0.50 0.20 to 0.80 clear");
    expect(said).to.contain("xgboost against baseline 1.50 1.00 to 2.00 clear");
    expect(unclear).to.contain("xgboost against linear-learner 0.1000 not defined not clear");
  });

  it("tells rows, rules, and what each candidate took", () => {
    const said = textOf(renderComparison(reportOf(), none));

    expect(said).to.contain("20 train, 5 validation, 5 test (4 predicted)");
    expect(said).to.contain("RMSE, margin 0.05");
    expect(said).to.contain("xgboost 120.0 s of ml.m5.xlarge 208.0 s of ml.m5.large");
  });

  it("tells confidence as people write it", () => {
    const { rules } = comparisonState();
    const report = reportOf(comparisonState({ rules: { ...rules, confidence: 0.55 } }));

    expect(textOf(renderComparison(report, none))).to.contain("55 %, 1000 resamples");
  });

  const classesReport = () => {
    const { rules } = comparisonState();
    const scores = scoreFile({
      scores: { xgboost: { accuracy: { value: 0.9 } } },
      baseline: { accuracy: { value: 0.5 }, log_loss: { value: 0.7 } },
    });
    return reportOf(
      comparisonState({ rules: { ...rules, task: "binary", metric: "accuracy" } }),
      scores,
    );
  };

  it("draws which classes were taken for which, and the ROC curve where there are probabilities", () => {
    const labels = [0, 0, 1, 1, 1];
    const values = [0, 1, 1, 1, 1];
    const probabilities = [0.1, 0.6, 0.7, 0.8, 0.9].map((one) => [1 - one, one]);
    const predictions = {
      xgboost: drawnPredictions("binary", { labels, values, probabilities }),
      knn: drawnPredictions("binary", { labels, values }),
    };

    const html = renderComparison(classesReport(), { predictions, curves: {} });

    expect(elementsOf(html)).to.contain("svg");
    const shown = [...html.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label);
    expect(shown).to.deep.equal(["accuracy", "Confusion matrix", "ROC curve", "Confusion matrix"]);
    const counts = [...html.matchAll(/class="count">(\d+)</g)].map(([, each]) => Number(each));
    expect(counts.slice(0, 4)).to.deep.equal([1, 1, 0, 3]);
    expect(textOf(html)).to.contain("log loss of xgboost, linear-learner is not defined: it needs");
  });

  it("draws no ROC curve of one class, some hundred points of many, no matrix of many classes", () => {
    const zeros = Array.from({ length: 5000 }, () => 0);
    const mixed = zeros.map((_, row) => row % 2);
    const probabilities = zeros.map((_, row) => [1 - row / 5000, row / 5000]);
    const labels = Array.from({ length: 40 }, (_, row) => row);
    const { rules } = comparisonState();
    const multiclass = comparisonState({ rules: { ...rules, task: "multiclass" } });

    const one = drawnPredictions("binary", { labels: zeros, values: zeros, probabilities });
    const many = drawnPredictions("binary", { labels: mixed, values: mixed, probabilities });
    const html = renderComparison(reportOf(multiclass), {
      predictions: { xgboost: { labels, values: labels } },
      curves: {},
    });

    expect(one).not.to.have.property("roc");
    expect(many.roc).to.have.length.within(200, 302);
    expect(many.roc?.at(-1)).to.deep.equal({ falsePositiveRate: 1, truePositiveRate: 1 });
    expect(textOf(html)).to.contain("40 classes are too many for a matrix");
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
