import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { prebuiltImage } from "../../../components/algorithms/algorithm.ts";
import { algorithms } from "../../../components/algorithms/index.ts";
import {
  builtinContainerOf,
  builtinContainers,
} from "../../../local/sagemaker/builtin-containers.ts";
import { MetricScraper } from "../../../local/sagemaker/training/metric-scraper.ts";

/** Lines as the containers write them, by repository, with what SageMaker reads from them. */
const lines: Record<string, [line: string, metrics: Record<string, number>][]> = {
  "sagemaker-xgboost": [
    [
      "[7]#011train-error:0.02500#011validation-error:0.04800",
      { "train:error": 0.025, "validation:error": 0.048 },
    ],
  ],
  "linear-learner": [
    [
      "[11/21/2026 14:28:11 INFO 140] #quality_metric: host=algo-1, epoch=3, validation binary_classification_cross_entropy_objective <loss>=0.35",
      { "validation:objective_loss": 0.35 },
    ],
    [
      "#quality_metric: host=algo-1, validation binary_classification_accuracy <score>=0.91",
      { "validation:binary_classification_accuracy": 0.91 },
    ],
    [
      "#quality_metric: host=algo-1, test binary_f_1.000 <score>=0.5",
      { "test:binary_f_beta": 0.5 },
    ],
    ["#quality_metric: host=algo-1, train mse <loss>=1.5e-3", { "train:mse": 0.0015 }],
    ["#progress_metric: host=algo-1, completed 40 % of epochs", { "train:progress": 40 }],
    [
      "#throughput_metric: host=algo-1, train throughput=1234.5 records/second",
      { "train:throughput": 1234.5 },
    ],
  ],
  kmeans: [["#quality_metric: host=algo-1, test msd <loss>=2.5", { "test:msd": 2.5 }]],
  pca: [["#quality_metric: host=algo-1, test msd <loss>=2.5", {}]],
  knn: [
    ["#quality_metric: host=algo-1, test accuracy <score>=0.9", { "test:accuracy": 0.9 }],
    ["#quality_metric: host=algo-1, test mse <loss>=4.5", { "test:mse": 4.5 }],
  ],
  object2vec: [
    [
      "#quality_metric: host=algo-1, validation mean_squared_error <loss>=0.4",
      { "validation:mean_squared_error": 0.4 },
    ],
    ["#quality_metric: host=algo-1, epoch=0, train accuracy <score>=0.4", {}],
  ],
};

describe("containers of built-in algorithms", () => {
  for (const container of builtinContainers) {
    const { repository, tags, metricDefinitions, packageFolder, trainModule, serveModule } =
      container;

    it(`stand for an image of the catalogue: ${repository}:${tags}`, () => {
      const algorithm = Object.values(algorithms).find(
        ({ imageRepository }) => imageRepository === repository,
      );
      if (algorithm === undefined) throw new Error(`no algorithm has ${repository}`);

      const { imageTag } = prebuiltImage(algorithm, algorithm.defaultVersion);
      expect(tags).to.include(imageTag);
      expect(builtinContainerOf(`1.dkr.ecr.x.amazonaws.com/${repository}:${imageTag}`)).to.equal(
        container,
      );
      const scraped = metricDefinitions.map(({ Name }) => Name);
      expect(scraped).to.include.members(Object.keys(algorithm.metrics));
    });

    it(`have programs: ${repository}`, () => {
      for (const module of [trainModule, serveModule]) {
        const path = join(packageFolder, ...module.split("."));
        expect(existsSync(`${path}.py`) || existsSync(join(path, "__main__.py")), path).to.equal(
          true,
        );
      }
    });

    for (const [line, metrics] of lines[repository] ?? []) {
      it(`${repository}: reads ${JSON.stringify(metrics)} from ${line}`, () => {
        const scraper = new MetricScraper(metricDefinitions);

        scraper.read(line);

        const found = scraper.final().map(({ MetricName, Value }) => [MetricName, Value]);
        expect(Object.fromEntries(found)).to.deep.equal(metrics);
      });
    }
  }

  it("are none for another version of an image", () => {
    expect(builtinContainerOf("1.dkr.ecr.x.amazonaws.com/sagemaker-xgboost:1.7-1")).to.equal(
      undefined,
    );
  });
});
