import { expect } from "chai";
import { scoreBinary } from "../../../handlers/report-page/binary-scores.ts";
import { scoreClasses } from "../../../handlers/report-page/class-scores.ts";
import { type Evaluation, type PageContent, renderPage } from "../../../local/report/page.ts";
import { scoreRegression } from "../../../local/report/regression-scores.ts";

function page(evaluation: Evaluation, more: Partial<PageContent> = {}): string {
  return renderPage({
    pipeline: "fuel",
    runs: [],
    evaluation,
    importances: [],
    predictions: [],
    ...more,
  });
}

const pictures = (html: string) =>
  [...html.matchAll(/aria-label="([^"]+)"/g)].map(([, label]) => label);

describe("renderPage", () => {
  it("draws hits and misses and the ROC curve of two classes", () => {
    const html = page({ kind: "binary", scores: scoreBinary([0, 1], [0.1, 0.9]) });

    expect(pictures(html)).to.deep.equal(["Confusion matrix", "ROC curve"]);
    expect(html).to.contain("accuracy 100.0 %");
  });

  it("draws labels against answers of several classes, and no ROC curve", () => {
    const html = page({ kind: "classes", scores: scoreClasses([0, 1, 2], [0, 1, 1]) });

    expect(pictures(html)).to.deep.equal(["Confusion matrix"]);
    expect(html).to.contain("accuracy 66.7 %");
  });

  it("says that classes are too many to be drawn", () => {
    const labels = Array.from({ length: 40 }, (_, i) => i);

    const html = page({ kind: "classes", scores: scoreClasses(labels, labels) });

    expect(pictures(html)).to.deep.equal([]);
    expect(html).to.contain("40 classes are too many for a matrix");
  });

  it("draws predictions of a regression over labels, and no matrix", () => {
    const html = page(
      { kind: "regression", scores: scoreRegression([1, 2, 3], [1.5, 2, 3]) },
      { predictions: [{ label: "1", score: 1.5, predicted: 1.5 }] },
    );

    expect(pictures(html)).to.deep.equal(["Predictions over labels"]);
    expect(html.match(/<circle/g)).to.have.length(3);
    expect(html).to.contain("mean absolute error 0.1667");
    expect(html).to.contain("<th>Predicted</th>").and.to.contain("<td>1.5</td>");
  });

  it("draws a regression whose values are all one number", () => {
    const html = page({ kind: "regression", scores: scoreRegression([2, 2], [2, 2]) });

    expect(html).to.contain("all labels alike").and.not.to.contain("NaN");
  });

  it("draws nothing where answers cannot be compared, and says why", () => {
    const html = page({ kind: "none", why: "PCA has no <labels>." });

    expect(pictures(html)).to.deep.equal([]);
    expect(html).to.contain("PCA has no &lt;labels&gt;.");
  });
});
