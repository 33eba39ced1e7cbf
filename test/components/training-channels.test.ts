import { expect } from "chai";
import { trainingChannels } from "../../components/training-channels.ts";
import type { PipelineConfig } from "../../stacks/config.ts";
import { churn } from "../support/pipeline.ts";

const off: Partial<PipelineConfig> = { validation: { enabled: false } };
const own: Partial<PipelineConfig> = {
  algorithm: { image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/own:1" },
};

function training(changes: Partial<PipelineConfig["training"]>): Partial<PipelineConfig> {
  return { training: { ...churn().training, ...changes } };
}

describe("trainingChannels", () => {
  for (const [what, changes, names] of [
    ["a gate", {}, ["train", "validation"]],
    ["no gate", off, ["train"]],
    [
      "no gate, but early stopping",
      { ...off, ...training({ hyperparameters: { early_stopping_rounds: "5" } }) },
      ["train", "validation"],
    ],
    ["an image of one's own and a gate", own, ["train", "validation"]],
    ["an image of one's own and no gate", { ...own, ...off }, ["train"]],
  ] as const) {
    it(`gives ${names.join(" and ")} for ${what}`, () => {
      const channels = trainingChannels(churn(changes as Partial<PipelineConfig>));

      expect(channels.map(({ name }) => name)).to.deep.equal(names);
    });
  }

  it("gives every instance all data where the algorithm is unknown", () => {
    const channels = trainingChannels(churn({ ...own, ...training({ instanceCount: 4 }) }));

    expect(channels.map(({ distribution }) => distribution)).to.deep.equal([
      "FullyReplicated",
      "FullyReplicated",
    ]);
  });

  it("passes on the content type", () => {
    const channels = trainingChannels(churn(training({ contentType: "text/libsvm" })));

    expect(channels.map(({ contentType }) => contentType)).to.deep.equal([
      "text/libsvm",
      "text/libsvm",
    ]);
  });
});
