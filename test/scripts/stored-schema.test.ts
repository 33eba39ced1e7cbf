import type { S3Client } from "@aws-sdk/client-s3";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { expect } from "chai";
import { storedSchema } from "../../scripts/stored-schema.ts";
import { fakeClient, serviceError } from "../support/fake-client.ts";

const schema = { schemaVersion: 1, title: "t" };

function reading(tags: object[], getObject: () => unknown) {
  const sagemaker = fakeClient<SageMakerClient>({ ListTags: () => ({ Tags: tags }) });
  const s3 = fakeClient<S3Client>({ GetObject: getObject });
  const clients = { sagemaker: sagemaker.client, s3: s3.client };
  return { answer: storedSchema(clients, "arn:model"), sent: s3.sent };
}

describe("storedSchema", () => {
  const tag = { Key: "retraining:schema", Value: "s3://bucket/models/t/schema.json" };

  it("reads what the model's tag leads to", async () => {
    const { answer, sent } = reading([{ Key: "team", Value: "x" }, tag], () => ({
      Body: { transformToString: async () => JSON.stringify(schema) },
    }));

    expect(await answer).to.deep.equal(schema);
    expect(sent[0]?.input).to.deep.equal({ Bucket: "bucket", Key: "models/t/schema.json" });
  });

  it("is undefined for a model without the tag", async () => {
    const { answer, sent } = reading([], () => ({}));

    expect(await answer).to.equal(undefined);
    expect(sent).to.deep.equal([]);
  });

  it("says what cannot be read, and how to send all the same", async () => {
    const { answer } = reading([tag], () => {
      throw serviceError("AccessDenied", "no");
    });

    const error = await answer.catch((reason) => reason);

    expect(error.message).to.contain("s3://bucket/models/t/schema.json cannot be read");
    expect(error.message).to.contain("AccessDenied: no");
    expect(error.message).to.contain("--unchecked");
  });
});
