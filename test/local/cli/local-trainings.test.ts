import { expect } from "chai";
import { localTrainings } from "../../../local/cli/local-trainings.ts";
import type { PipelineConfig } from "../../../stacks/config.ts";

const registry = "404615174143.dkr.ecr.us-east-2.amazonaws.com";

/** As much of a pipeline as the question is about. */
function pipeline(name: string, algorithm: PipelineConfig["algorithm"], enabled = true) {
  const training = { instanceCount: 1, inputMode: "File" };
  return { name, algorithm, enabled, training } as PipelineConfig;
}

describe("localTrainings", () => {
  it("names the image that is trained on the data of each ETL job, and what it needs installed", () => {
    const trainings = localTrainings("local", [
      pipeline("churn", { name: "xgboost", version: "3.0-5" }),
      pipeline("ratings", { image: `${registry}/object2vec:1` }),
    ]);

    expect([...trainings.imageAfterJob]).to.deep.equal([
      ["local-churn-etl", "sagemaker-xgboost:3.0-5"],
      ["local-ratings-etl", `${registry}/object2vec:1`],
    ]);
    expect([...trainings.environments]).to.have.members(["xgboost", "learners"]);
  });

  it("wants nothing for a pipeline that is not deployed", () => {
    const trainings = localTrainings("local", [
      pipeline("churn", { name: "xgboost", version: "3.0-5" }),
      pipeline("ratings", { image: `${registry}/object2vec:1` }, false),
      pipeline("topics", { image: `${registry}/lda:1` }, false),
    ]);

    expect([...trainings.environments]).to.deep.equal(["xgboost"]);
  });

  it("names every pipeline whose algorithm has no local program, and what can be done", () => {
    const deploy = () =>
      localTrainings("local", [
        pipeline("old", { name: "xgboost", version: "1.7-1" }),
        pipeline("churn", { name: "xgboost", version: "3.0-5" }),
        pipeline("topics", { image: `${registry}/lda:1` }),
      ]);

    expect(deploy)
      .to.throw(/^2 pipelines of stack local cannot run on this machine. Nothing was deployed./)
      .with.property("message")
      .that.contains("pipelines.old.algorithm")
      .and.contains('{"name":"xgboost","version":"1.7-1"}')
      .and.contains('write version: "3.0-5" in this stack\'s file, or enabled: false below old')
      .and.contains("pipelines.topics.algorithm")
      .and.contains("linear-learner:1")
      .and.contains("write enabled: false below topics")
      .and.does.not.contain("pipelines.churn");
  });

  it("refuses a version that the catalogue does not know, and that nothing here behaves as", () => {
    const deploy = () =>
      localTrainings("local", [pipeline("new", { name: "xgboost", uncheckedVersion: "9.9-1" })]);

    expect(deploy).to.throw('{"name":"xgboost","uncheckedVersion":"9.9-1"}');
  });

  it("refuses several instances and pipes, which a job would be refused for later", () => {
    const wide = {
      ...pipeline("wide", { name: "xgboost", version: "3.0-5" }),
      training: { instanceCount: 2, inputMode: "Pipe" },
    } as PipelineConfig;

    expect(() => localTrainings("local", [wide]))
      .to.throw(/^1 pipeline of stack local/)
      .with.property("message")
      .that.contains("pipelines.wide.training.instanceCount")
      .and.contains("pipelines.wide.training.inputMode")
      .and.does.not.contain("wide.algorithm");
    expect(() => localTrainings("local", [{ ...wide, enabled: false }])).not.to.throw();
  });
});
