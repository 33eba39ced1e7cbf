import type { S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import fc from "fast-check";
import { copyVersion, maxCopyBytes, rangesOf } from "../../handlers/start-retraining/snapshot.ts";
import { type Answers, fakeClient, serviceError } from "../support/fake-client.ts";

function upload(sizeBytes: number) {
  return { bucket: "b", key: "input/a.csv", versionId: "v1", sizeBytes, uploadedAt: "" };
}

function s3(answers: Answers = {}) {
  return fakeClient<S3Client>({
    CopyObject: () => ({}),
    CreateMultipartUpload: () => ({ UploadId: "u" }),
    UploadPartCopy: ({ PartNumber }: { PartNumber: number }) => ({
      CopyPartResult: { ETag: `e${PartNumber}` },
    }),
    CompleteMultipartUpload: () => ({}),
    AbortMultipartUpload: () => ({}),
    ...answers,
  });
}

describe("copyVersion", () => {
  it("copies up to 5 GiB at once", async () => {
    const { client, sent } = s3();

    await copyVersion(client, upload(maxCopyBytes), "runs/t/input.csv");

    expect(sent.map(({ command }) => command)).to.deep.equal(["CopyObject"]);
  });

  it("copies more in parts, in order", async () => {
    const { client, sent } = s3();

    await copyVersion(client, upload(2 * maxCopyBytes + 1), "runs/t/input.csv");

    const parts = sent.filter(({ command }) => command === "UploadPartCopy");
    expect(parts.map(({ input }) => input["CopySourceRange"])).to.deep.equal([
      "bytes=0-5368709119",
      "bytes=5368709120-10737418239",
      "bytes=10737418240-10737418240",
    ]);
    expect(parts[0]?.input).to.include({ CopySource: "b/input/a.csv?versionId=v1", UploadId: "u" });
    expect(sent.at(-1)).to.deep.equal({
      command: "CompleteMultipartUpload",
      input: {
        Bucket: "b",
        Key: "runs/t/input.csv",
        UploadId: "u",
        MultipartUpload: {
          Parts: [1, 2, 3].map((number) => ({ PartNumber: number, ETag: `e${number}` })),
        },
      },
    });
  });

  it("leaves no parts behind when one could not be copied", async () => {
    const { client, sent } = s3({
      UploadPartCopy: () => {
        throw serviceError("SlowDown");
      },
    });

    const error = await copyVersion(client, upload(maxCopyBytes + 1), "k").catch(
      (reason) => reason,
    );

    expect(error).to.include({ name: "SlowDown" });
    expect(sent.at(-1)?.command).to.equal("AbortMultipartUpload");
    expect(sent.map(({ command }) => command)).not.to.include("CompleteMultipartUpload");
  });

  it("cuts any size into ranges that follow on each other", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 500 }),
        (size, part) => {
          const ranges = rangesOf(size, part).map((range) => {
            const [first = 0, last = 0] = range.replace("bytes=", "").split("-").map(Number);
            return { first, last };
          });

          expect(ranges[0]?.first).to.equal(0);
          expect(ranges.at(-1)?.last).to.equal(size - 1);
          for (const [index, { first, last }] of ranges.entries()) {
            expect(last - first + 1).to.be.within(1, part);
            if (index > 0) expect(first).to.equal((ranges[index - 1]?.last ?? 0) + 1);
          }
        },
      ),
    );
  });
});
