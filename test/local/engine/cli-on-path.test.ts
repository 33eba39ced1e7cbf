import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { cliOnPath } from "../../../local/engine/installation/cli-on-path.ts";
import { isNewEnough, oldestVersion } from "../../../local/engine/installation/version.ts";

describe("the user's own Pulumi CLI", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "cli-on-path-")));
    await mkdir(join(folder, "bin"));
    await mkdir(join(folder, "home"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** A script that answers as `pulumi version` does. */
  const script = (name: string, answer: string) =>
    writeFile(join(folder, "home", name), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
  const onPath = () => cliOnPath(`${folder}/missing:${folder}/bin`);

  it("is used with the language host beside what a link on PATH points to", async () => {
    await script("pulumi", "v9.1.0");
    await script("pulumi-language-nodejs", "");
    await symlink(join(folder, "home", "pulumi"), join(folder, "bin", "pulumi"));

    expect(await onPath()).to.deep.equal({
      cli: {
        command: join(folder, "bin", "pulumi"),
        version: "9.1.0",
        folders: [join(folder, "home"), join(folder, "bin")],
      },
    });
  });

  it("is not used when it is older than what was tried", async () => {
    await script("pulumi", "v3.99.0");
    await symlink(join(folder, "home", "pulumi"), join(folder, "bin", "pulumi"));

    const found = await onPath();

    expect(found).to.have.property("reason").that.includes("3.99.0").and.includes(oldestVersion);
  });

  it("is not used without a language host for Node.js", async () => {
    await script("pulumi", "v9.1.0");
    await symlink(join(folder, "home", "pulumi"), join(folder, "bin", "pulumi"));

    expect(await onPath())
      .to.have.property("reason")
      .that.includes("pulumi-language-nodejs");
  });

  it("may be missing", async () => {
    expect(await onPath()).to.deep.equal({ reason: "no pulumi is on PATH" });
  });

  it("is compared by number, not by letter", () => {
    const answers = ["v3.230.0", "v3.1000.0", "v10.0.0", "v3.230.1-alpha.1"].map(isNewEnough);

    expect(answers).to.deep.equal([true, true, true, true]);
    expect(["v3.99.9", "v2.999.0", "nonsense"].map(isNewEnough)).to.deep.equal([
      false,
      false,
      false,
    ]);
  });
});
