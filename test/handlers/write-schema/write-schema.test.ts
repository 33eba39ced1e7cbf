import { S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { writeSchema } from "../../../handlers/write-schema/logic.ts";
import { fakeClient, serviceError } from "../../support/fake-client.ts";

const input = {
  title: "t",
  algorithm: "xgboost",
  contentType: "text/csv",
  hyperparameters: {},
  train: "output/t/train/",
};
const etlJson = JSON.stringify({ columns: ["label", "age", "plan"], missing: "error" });

/** @param objects texts by key */
function bucket(objects: Record<string, string>) {
  const { client, sent } = fakeClient<S3Client>({
    GetObject: ({ Key, Range }: { Key: string; Range?: string }) => {
      const text = objects[Key];
      if (text === undefined) throw serviceError("NoSuchKey");
      const end = Number(Range?.split("-")[1] ?? Number.POSITIVE_INFINITY) + 1;
      return { Body: { transformToString: async () => text.slice(0, end) } };
    },
    ListObjectsV2: ({ Prefix }: { Prefix: string }) => ({
      Contents: Object.entries(objects)
        .filter(([key]) => key.startsWith(Prefix))
        .map(([Key, text]) => ({ Key, Size: text.length })),
    }),
    PutObject: () => ({}),
  });
  // paginators take instances of S3Client only
  return { s3: Object.assign(Object.create(S3Client.prototype), client) as S3Client, sent };
}

function written(sent: { command: string; input: Record<string, unknown> }[]) {
  const put = sent.find(({ command }) => command === "PutObject");
  return { key: put?.input["Key"], schema: JSON.parse(String(put?.input["Body"])) };
}

describe("writeSchema", () => {
  it("knows rows by the training data alone where the script's report is no JSON", async () => {
    const { s3, sent } = bucket({
      "output/t/etl.json": '{"dropped": NaN}',
      "output/t/train/part-0": "1,40,0\n",
    });

    const { features } = await writeSchema(s3, "bucket", input);

    expect(features).to.equal(2);
    expect(written(sent).schema.rows).to.include({ kind: "features", names: null });
  });

  it("writes beside the model what it was trained on", async () => {
    const { s3, sent } = bucket({
      "output/t/etl.json": etlJson,
      "output/t/train/_marker": "",
      "output/t/train/part-0": "1,40,0\n0,50,1\n",
    });

    const answer = await writeSchema(s3, "bucket", input);

    expect(answer).to.deep.equal({
      uri: "s3://bucket/models/t/schema.json",
      kind: "features",
      features: 2,
    });
    expect(written(sent)).to.deep.equal({
      key: "models/t/schema.json",
      schema: {
        schemaVersion: 1,
        title: "t",
        algorithm: "xgboost",
        trainedOn: "text/csv",
        rows: { kind: "features", counts: [2], names: ["age", "plan"], missing: "refused" },
      },
    });
  });

  it("reads the start of the data, not all", async () => {
    const { s3, sent } = bucket({ "output/t/train/part-0": "1,2\n" });

    await writeSchema(s3, "bucket", input);

    const reads = sent.filter(({ command }) => command === "GetObject");
    expect(reads.at(-1)?.input).to.include({ Range: "bytes=0-1048575" });
  });

  it("knows nothing of a row that is longer than that", async () => {
    const { s3 } = bucket({ "output/t/train/part-0": "1,".repeat(600_000) });

    expect(await writeSchema(s3, "bucket", input)).to.include({ kind: "unknown", features: null });
  });

  it("looks at no data that ETL has not made", async () => {
    const { s3, sent } = bucket({});

    const answer = await writeSchema(s3, "bucket", { ...input, train: null });

    expect(answer).to.include({ kind: "unknown" });
    expect(sent.map(({ command }) => command)).to.deep.equal(["PutObject"]);
  });
});
