import { expect } from "chai";
import { trainingChannels } from "../../components/training-channels.ts";
import type { PipelineConfig } from "../../stacks/config.ts";
import { churn } from "../support/pipeline.ts";

const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/own:1";
const own: Partial<PipelineConfig> = { algorithm: { image } };

function channels(
  training: Partial<PipelineConfig["training"]>,
  changes: Partial<PipelineConfig> = {},
) {
  return trainingChannels(churn({ training: { ...churn().training, ...training }, ...changes }));
}

/** Key prefix or URI of each channel's data, for the run `t`. */
function sourcesOf(found: ReturnType<typeof trainingChannels>) {
  return Object.fromEntries(
    found.map(({ name, source }) => [name, "uri" in source ? source.uri : source.folder("t")]),
  );
}

describe("trainingChannels", () => {
  it("feeds each channel from the folder that the script writes it to, or from where config says", () => {
    const found = channels({
      channels: { train: "etl", validation: "etl", test: "etl", code: "s3://lake/code/", x: "etl" },
    });

    expect(sourcesOf(found)).to.deep.equal({
      train: "output/t/train/",
      validation: "output/t/validate/",
      test: "output/t/test/",
      code: "s3://lake/code/",
      x: "output/t/x/",
    });
  });

  it("gives each instance its share of XGBoost's rows, and all of the validation data", () => {
    const found = channels({ instanceCount: 2 });

    expect(found.map(({ distribution }) => distribution)).to.deep.equal([
      "ShardedByS3Key",
      "FullyReplicated",
    ]);
  });

  it("gives every instance all rows where GPUs share them among themselves", () => {
    const hyperparameters = { use_dask_gpu_training: "true", tree_method: "gpu_hist" };
    const found = channels({ instanceCount: 2, hyperparameters });

    expect(found.map(({ distribution }) => distribution)).to.deep.equal([
      "FullyReplicated",
      "FullyReplicated",
    ]);
  });

  it("gives every instance all data where the algorithm is unknown", () => {
    const found = channels({ instanceCount: 4 }, own);

    expect(found.map(({ distribution }) => distribution)).to.deep.equal([
      "FullyReplicated",
      "FullyReplicated",
    ]);
  });

  it("passes on the content type", () => {
    const found = channels({ contentType: "text/libsvm" });

    expect(found.map(({ contentType }) => contentType)).to.deep.equal([
      "text/libsvm",
      "text/libsvm",
    ]);
  });
});
