import { Readable } from "node:stream";
import { S3Client } from "@aws-sdk/client-s3";
import type { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import type { PredictionFile } from "../../../handlers/compare-candidates/predictions.ts";
import { predictCandidate } from "../../../handlers/predict-candidate/logic.ts";
import { fakeClient } from "../../support/fake-client.ts";

const candidate = {
  number: "c01",
  format: "libsvm",
  requestContentType: "text/libsvm",
  answer: { kind: "value", format: "csv" },
} as const;

/** An endpoint that answers as XGBoost's container does, over these test rows. */
function account(rows: string[], answer: (body: string) => string) {
  const { client, sent } = fakeClient<SageMakerRuntimeClient>({
    GetObject: ({ Key }: { Key: string }) => ({
      Body: Key.endsWith("etl.json")
        ? { transformToString: async () => JSON.stringify({ rows: { test: rows.length } }) }
        : Readable.from([rows.join("\n")]),
    }),
    ListObjectsV2: () => ({ Contents: [{ Key: "output/t/libsvm/test/part-0", Size: 1 }] }),
    InvokeEndpoint: ({ Body }: { Body: Buffer }) => ({
      Body: Buffer.from(answer(Body.toString())),
    }),
    PutObject: () => ({}),
  });
  // the SDK lists pages for a client of its own class alone
  const s3 = Object.assign(Object.create(S3Client.prototype), client) as S3Client;
  return { s3, runtime: client, sent };
}

/** Sums of the features, for rows up to the last one that has any. */
function xgboost(body: string): string {
  const rows = body.split("\n");
  const counted = rows.findLastIndex((row) => row.includes(":")) + 1;
  const sums = rows
    .slice(0, counted)
    .map((row) => [...row.matchAll(/:(\d+)/g)].reduce((sum, [, value]) => sum + Number(value), 0));
  return sums.join("\n");
}

async function predict({ s3, runtime }: ReturnType<typeof account>) {
  const source = { endpointName: "e" };
  const request = { title: "t", candidate, samples: "all", seed: 1, source } as const;
  return predictCandidate({ s3, runtime }, "b", request);
}

describe("predictions of an endpoint", () => {
  it("are one for each row, also where the last ones have no features", async () => {
    const there = account(["7 1:2 2:3", "1", "4 2:9", "5", "6"], xgboost);

    const predicted = await predict(there);

    const [written] = there.sent.filter(({ command }) => command === "PutObject");
    const file = JSON.parse(String(written?.input["Body"])) as PredictionFile;
    expect(file).to.deep.equal({ labels: [7, 1, 4, 5, 6], values: [5, 0, 9, 0, 0] });
    expect(predicted).to.include({ predictionsKey: "output/t/c01/predictions.json", rows: 5 });
  });

  it("are refused where the model answers another number of them", async () => {
    const there = account(["7 1:2", "1"], () => "1");

    const error = await predict(there).catch((caught: Error) => caught);

    expect(error).to.include({
      name: "UnreadableAnswer",
      message: "the model answered 1 predictions for 3 rows",
    });
  });
});
