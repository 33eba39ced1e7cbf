import { expect } from "chai";
import type { PipelineConfig } from "../../../stacks/config.ts";
import { recorded, run } from "../../support/churn-run.ts";
import { churn, churnContext } from "../../support/pipeline.ts";
import { runInput, writtenSchema } from "../../support/run-tasks.ts";

describe("the schema of a run's model", () => {
  it("is written from what was trained, tagged to the model, and put on record", async () => {
    const execution = await run();

    expect(execution.calls["Write Schema"]).to.deep.equal([
      {
        FunctionName: "arn:aws:lambda:eu-west-1:123456789012:function:dev-churn-write-schema",
        Payload: {
          title: runInput.title,
          algorithm: "xgboost",
          contentType: "text/csv",
          hyperparameters: { num_round: "100" },
          train: `output/${runInput.title}/train/`,
        },
      },
    ]);
    const [model] = execution.calls["Create Model"] as { Tags: object[] }[];
    expect(model?.Tags).to.deep.equal([{ Key: "retraining:schema", Value: writtenSchema.uri }]);
    expect(recorded(execution)).to.deep.include({ schema: writtenSchema });
  });

  it("names no algorithm for an image of one's own, and says when ETL does not feed training", async () => {
    const channels: Record<string, string> = { train: "s3://lake/rows/" };
    const training = { ...churn().training, channels } as PipelineConfig["training"];
    const execution = await run({}, churnContext({ algorithm: { container: "mine" }, training }));

    const [call] = execution.calls["Write Schema"] as { Payload: object }[];
    expect(call?.Payload).to.include({ algorithm: null, train: null });
  });
});
