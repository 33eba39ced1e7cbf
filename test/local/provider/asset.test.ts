import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asset, runtime } from "@pulumi/pulumi";
import { expect } from "chai";
import { unzipSync } from "fflate";
import { Archive, Asset } from "../../../local/provider/asset.ts";
import { decode, encodeRecord } from "../../../local/provider/wire.ts";

describe("assets and archives", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "asset-test-"));
    mkdirSync(join(folder, "tree", "lib"), { recursive: true });
    writeFileSync(join(folder, "tree", "main.py"), "main");
    writeFileSync(join(folder, "tree", "lib", "a.py"), "a");
  });

  after(() => rmSync(folder, { recursive: true }));

  const text = (content: string) => new Asset({ text: content });
  const files = () => new Archive({ assets: { "main.py": text("main"), "lib/a.py": text("a") } });

  it("hashes a text and a file of the same bytes alike", () => {
    const file = new Asset({ path: join(folder, "tree", "main.py") });

    expect(file.hash).to.equal(text("main").hash);
    expect(file.hash).not.to.equal(text("other").hash);
  });

  it("hashes the same files alike as a folder, as a zip file, as texts, in any order", () => {
    writeFileSync(join(folder, "tree.zip"), files().zip());
    const nested = new Archive({
      assets: { lib: new Archive({ assets: { "a.py": text("a") } }), "main.py": text("main") },
    });

    const hashes = [
      new Archive({ path: join(folder, "tree") }),
      new Archive({ path: join(folder, "tree.zip") }),
      nested,
    ].map(({ hash }) => hash);
    expect(hashes).to.deep.equal(Array(3).fill(files().hash));
  });

  it("hashes files of other names or bytes differently", () => {
    const hashes = [
      files(),
      new Archive({ assets: { "main.py": text("main"), "lib/b.py": text("a") } }),
      new Archive({ assets: { "main.py": text("main"), "lib/a.py": text("b") } }),
      new Archive({ assets: { "main.py": text("main") } }),
    ].map(({ hash }) => hash);
    expect(new Set(hashes).size).to.equal(4);
  });

  it("zips to the same bytes whenever the files were written", () => {
    const first = new Archive({ path: join(folder, "tree") }).zip();
    utimesSync(join(folder, "tree", "main.py"), new Date(0), new Date(1e12));
    const second = new Archive({ path: join(folder, "tree") }).zip();

    expect(Buffer.from(first).equals(second)).to.equal(true);
    expect(Object.keys(unzipSync(first))).to.deep.equal(["lib/a.py", "main.py"]);
  });

  it("refuses an archive that is no folder and no zip file", () => {
    expect(() => new Archive({ path: join(folder, "tree", "main.py") }).zip()).to.throw(
      /give a folder or a .zip file/,
    );
  });

  it("come from Pulumi's own, the empty text too", async () => {
    const wire = (await runtime.serializeProperties("", {
      code: new asset.AssetArchive({
        "main.py": new asset.StringAsset("main"),
        "lib/a.py": new asset.FileAsset(join(folder, "tree", "lib", "a.py")),
      }),
      empty: new asset.StringAsset(""),
    })) as Record<string, unknown>;

    expect((decode(wire["code"]).value as Archive).hash).to.equal(files().hash);
    expect((decode(wire["empty"]).value as Asset).bytes()).to.have.lengthOf(0);
  });

  it("are kept in state as hashes, which compare", () => {
    const stored = JSON.parse(
      JSON.stringify(encodeRecord({ code: files(), script: text("main") })),
    );

    expect(JSON.stringify(stored)).not.to.include("main");
    expect((decode(stored.code).value as Archive).hash).to.equal(files().hash);
    expect((decode(stored.script).value as Asset).hash).to.equal(text("main").hash);
    expect(() => (decode(stored.script).value as Asset).bytes()).to.throw(/is not kept/);
  });
});
