import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { filesWith, includesText } from "./search-secret.ts";

describe("the search for a secret", () => {
  const secret = "canary/secret+key";
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "retraining-search-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("finds it as it is, however deep, in bytes of any kind, also where two reads meet", async () => {
    await mkdir(join(folder, "a", "b"), { recursive: true });
    await writeFile(join(folder, "a", "b", "bytes"), Buffer.from(`\0\xff${secret}\0`, "latin1"));
    await writeFile(join(folder, "long"), `${" ".repeat(64 * 1024 - 5)}${secret}`);
    await writeFile(join(folder, "other"), secret.slice(1));

    expect((await filesWith(folder, secret)).sort()).to.deep.equal([
      join("a", "b", "bytes"),
      "long",
    ]);
  });

  it("finds it in base64, wherever in the encoded text it stands", () => {
    for (const before of ["", "x", "xy", "user:"]) {
      for (const after of ["", "x", "xy", "more"]) {
        const encoded = Buffer.from(`${before}${secret}${after}`).toString("base64");

        expect(includesText(encoded, secret), `${before}|${after}`).to.equal(true);
      }
    }
  });

  it("finds no other", () => {
    const encoded = Buffer.from("canary/secret-of-another").toString("base64");

    expect(includesText(`canary secret key ${encoded}`, secret)).to.equal(false);
  });
});
