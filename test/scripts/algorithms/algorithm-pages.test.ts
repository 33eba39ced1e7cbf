import { readFileSync } from "node:fs";
import { expect } from "chai";
import { exampleConfig } from "../../../components/algorithms/example-config.ts";
import { algorithms } from "../../../components/algorithms/index.ts";
import { algorithmSheet } from "../../../scripts/algorithms/algorithm-sheet.ts";
import { overviewTable } from "../../../scripts/algorithms/overview-table.ts";
import { catalogueMarkdown } from "../../../scripts/algorithms/render-markdown.ts";
import { renderPart, renderSheet } from "../../../scripts/algorithms/render-terminal.ts";

// Colours are no columns.
const colour = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
const plain = (text: string) => text.replace(colour, "");
const widest = (text: string) =>
  Math.max(
    ...plain(text)
      .split("\n")
      .map((line) => line.length),
  );

describe("a page about an algorithm", () => {
  for (const [name, algorithm] of Object.entries(algorithms)) {
    const page = renderSheet(algorithmSheet(algorithm));

    it(`fits a terminal of 100 columns: ${name}`, () => {
      expect(widest(page)).to.be.at.most(100);
    });

    it(`names every hyperparameter, metric and channel, whole: ${name}`, () => {
      const words = new Set(plain(page).split(/\s+/));
      const { hyperparameters, metrics, channels } = algorithm;
      const names = [hyperparameters, metrics, channels].flatMap(Object.keys);

      expect(names.filter((known) => !words.has(known))).to.deep.equal([]);
    });

    it(`has the example as it can be pasted: ${name}`, () => {
      const indented = exampleConfig(algorithm).trimEnd().replace(/^/gm, "    ");

      expect(plain(page)).to.contain(indented);
    });
  }

  it("says of one without metrics that there can be no gate", () => {
    expect(plain(renderSheet(algorithmSheet(algorithms.pca)))).to.contain(
      "SageMaker reads none from Principal Component Analysis: there can be no gate.",
    );
  });

  it("puts what is required first", () => {
    const page = plain(renderSheet(algorithmSheet(algorithms.kmeans)));
    const [, hyperparameters = ""] = page.split("\nHyperparameters\n");

    expect(hyperparameters.trim().split("\n")[0]).to.match(/^feature_dim +required +integer ≥ 1$/);
  });
});

describe("the list of algorithms", () => {
  const table = overviewTable(Object.values(algorithms));

  it("has a line for each, with gate and laptop", () => {
    const [, , gates, laptops] = table.head.map((_, column) =>
      Object.fromEntries(table.rows.map((cells) => [cells[0], cells[column]])),
    );

    expect(Object.keys(gates ?? {})).to.deep.equal(Object.keys(algorithms));
    expect(gates).to.include({ xgboost: "yes", pca: "no" });
    expect(laptops).to.include({ xgboost: "yes", lda: "no" });
  });

  it("fits a terminal of 100 columns", () => {
    expect(widest(renderPart(table))).to.be.at.most(100);
  });
});

describe("docs/algorithms.md", () => {
  it("is what the catalogue says: npm run algorithms -- --markdown docs/algorithms.md", () => {
    const page = readFileSync(new URL("../../../docs/algorithms.md", import.meta.url), "utf8");

    expect(page === catalogueMarkdown(Object.values(algorithms))).to.equal(true);
  });
});
