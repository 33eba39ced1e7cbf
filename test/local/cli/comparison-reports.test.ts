import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { keepComparisonReport } from "../../../local/cli/comparison-reports.ts";
import { fakeClient } from "../../support/fake-client.ts";

describe("a comparison's report on this machine", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "reports-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("is linked from its page, under the names that both have here", async () => {
    const objects: Record<string, string> = {
      "runs/t/report.json": "{}",
      "runs/t/report.html": '<a href="report.json">report.json</a>',
    };
    const { client } = fakeClient<S3Client>({
      GetObject: ({ Key }: { Key: string }) => ({
        Body: { transformToString: async () => objects[Key] },
      }),
    });

    await keepComparisonReport(client, "b", "t", folder, "abalone-");

    const page = await readFile(join(folder, "abalone-t.html"), "utf8");
    const [, link] = /href="([^"]*)"/.exec(page) ?? [];
    expect(await readdir(folder)).to.contain(link);
  });
});
