import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { BucketFolders } from "../../../local/glue/bucket-folders.ts";
import { fakeClient } from "../../support/fake-client.ts";

describe("the folders of a run of Glue", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bucket-folders-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("fail when an object cannot be read, and can be removed then: no other object is still on its way", async () => {
    const under = { way: 0 };
    const s3 = s3Of(async (key) => {
      if (key === "in/denied") throw new Error("denied");
      under.way += 1;
      await delay(20);
      return Readable.from(["row"]).once("close", () => under.way--);
    });
    const buckets = new BucketFolders({ role: s3, own: s3 }, join(folder, "s3"));

    const failure = await buckets
      .stage(["s3://bucket/in/slow", "s3://bucket/in/denied", "s3://bucket/in/other"])
      .catch((error: Error) => error.message);

    expect(failure).to.equal("denied");
    expect(under.way).to.equal(0);
    await rm(join(folder, "s3"), { recursive: true });
  });
});

/** S3 with one bucket, in which every key is an object. */
function s3Of(body: (key: string) => Promise<Readable>): S3Client {
  return fakeClient<S3Client>({
    ListBuckets: () => ({ Buckets: [{ Name: "bucket" }] }),
    ListObjectsV2: ({ Prefix }: { Prefix: string }) => ({ Contents: [{ Key: Prefix }] }),
    GetObject: async ({ Key }: { Key: string }) => ({ Body: await body(Key) }),
  }).client;
}
