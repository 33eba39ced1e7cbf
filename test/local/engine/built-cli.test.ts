import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { buildCli, builtCli } from "../../../local/engine/installation/built-cli.ts";

describe("a Pulumi CLI that is built", () => {
  let folder: string;
  const path = process.env["PATH"];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "built-cli-"));
  });

  afterEach(async () => {
    process.env["PATH"] = path;
    await rm(folder, { recursive: true });
  });

  it("is not there before it was built whole", async () => {
    expect(await builtCli(folder)).to.equal(undefined);
  });

  it("needs Go, says so at once, and leaves nothing half done", async () => {
    process.env["PATH"] = folder;

    const error = await buildCli(folder).catch((reason: Error) => reason);

    expect(String(error)).to.include("there is no Go on PATH");
    expect(await readdir(folder)).to.deep.equal([]);
  });
});
