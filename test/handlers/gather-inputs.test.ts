import type { S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { type GatheredInput, gatherInputs } from "../../handlers/gather-inputs/logic.ts";
import { fakeClient } from "../support/fake-client.ts";
import { fakeConditionalObject } from "../support/fake-conditional-object.ts";

const split = { percent: "70,15,15", seed: "1" };
const options = { bucket: "b", extensions: [".csv", ".libsvm"] };
const run = {
  title: "two-0123456789",
  bucket: "b",
  key: "input/two.csv",
  versionId: "v2",
  sizeBytes: 2,
  uploadedAt: "2026-05-02T00:00:00.000Z",
  inputUri: "s3://b/runs/two-0123456789/input.csv",
};
const version = (Key: string, VersionId: string, day: number, ETag = VersionId, Size = 10) => ({
  Key,
  VersionId,
  ETag,
  Size,
  LastModified: new Date(Date.UTC(2026, 4, day)),
});

async function gather(pages: object[]) {
  const { client, sent } = fakeClient<S3Client>({
    ListObjectVersions: (_, calls) => pages[calls],
    CopyObject: () => ({}),
    PutObject: () => ({}),
  });
  const gathered = await gatherInputs(client, options, { run, split });
  const manifest = sent.findLast(({ command }) => command === "PutObject");
  const inputs = JSON.parse(String(manifest?.input["Body"])) as GatheredInput[];
  const copies = sent.filter(({ command }) => command === "CopyObject");
  return { gathered, inputs, copies, sent };
}

describe("gatherInputs", () => {
  it("copies the newest version of each input until the run's own, and lists them", async () => {
    const { gathered, inputs, copies } = await gather([
      {
        Versions: [version("input/one.libsvm", "new", 2), version("input/one.libsvm", "old", 1)],
        IsTruncated: true,
        NextKeyMarker: "k",
        NextVersionIdMarker: "m",
      },
      {
        Versions: [
          version("input/two.csv", "v2", 3),
          version("input/three.csv", "v3", 4),
          version("input/notes.txt", "n", 1),
        ],
      },
    ]);

    expect(gathered).to.deep.equal({
      inputUri: "s3://b/runs/two-0123456789/inputs/",
      manifest: "runs/two-0123456789/manifest.json",
      count: 2,
    });
    expect(inputs.map(({ key, versionId, copy }) => [key, versionId, copy])).to.deep.equal([
      ["input/one.libsvm", "new", "runs/two-0123456789/inputs/0001.libsvm"],
      ["input/two.csv", "v2", "runs/two-0123456789/inputs/0002.csv"],
    ]);
    expect(copies.map(({ input }) => input["CopySource"])).to.deep.equal([
      "b/input/one.libsvm?versionId=new",
      "b/input/two.csv?versionId=v2",
    ]);
  });

  it("tells versions of one second apart by the order in which S3 lists them, newest first", async () => {
    const { inputs } = await gather([
      {
        Versions: [
          version("input/one.csv", "newer", 3),
          version("input/one.csv", "older", 3),
          version("input/two.csv", "later", 3),
          version("input/two.csv", "v2", 3),
          version("input/two.csv", "earlier", 3),
        ],
      },
    ]);

    expect(inputs.map(({ key, versionId }) => [key, versionId])).to.deep.equal([
      ["input/one.csv", "newer"],
      ["input/two.csv", "v2"],
    ]);
  });

  it("takes the same content once, and leaves out what was deleted or is empty", async () => {
    const { inputs } = await gather([
      {
        Versions: [
          version("input/one.csv", "v1", 1, "same"),
          version("input/two.csv", "v2", 3, "own"),
          version("input/copy.csv", "v9", 2, "same"),
          version("input/gone.csv", "v8", 1),
          version("input/empty.csv", "v7", 1, "e", 0),
        ],
        DeleteMarkers: [{ Key: "input/gone.csv", LastModified: new Date(Date.UTC(2026, 4, 2)) }],
      },
    ]);

    expect(inputs.map(({ key }) => key)).to.deep.equal(["input/one.csv", "input/two.csv"]);
  });

  it("looks at nothing and copies nothing where earlier runs split otherwise", async () => {
    const { client, sent } = fakeConditionalObject({
      percent: "80,10,10",
      seed: "1",
      since: "one-0123456789",
    });

    const failure = await gatherInputs(client, options, { run, split }).then(
      () => undefined,
      (error: Error) => error,
    );

    expect(failure?.name).to.equal("SplitChanged");
    expect(sent.map(({ command }) => command)).to.deep.equal(["PutObject", "GetObject"]);
  });

  it("fails where the run's own version is gone", async () => {
    let message = "";
    await gather([{ Versions: [version("input/one.csv", "v1", 1)] }]).catch((error: Error) => {
      message = error.message;
    });

    expect(message).to.equal("version v2 of input/two.csv is not there any more");
  });
});
