import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { packFolder, unpackArchive } from "../../../local/sagemaker/tar.ts";

const run = promisify(execFile);

describe("model archives", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tar-test-"));
    await mkdir(join(folder, "in", "code"), { recursive: true });
    await mkdir(join(folder, "out"));
    await writeFile(join(folder, "in", "xgboost-model"), Buffer.from([0, 1, 2, 255]));
    await writeFile(join(folder, "in", "code", "inference.py"), "pass\n".repeat(300));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("gives back what was packed", async () => {
    await unpackArchive(await packFolder(join(folder, "in")), join(folder, "out"));

    expect(await readdir(join(folder, "out"), { recursive: true })).have.members([
      "xgboost-model",
      "code",
      join("code", "inference.py"),
    ]);
    expect(await readFile(join(folder, "out", "xgboost-model"))).deep.equal(
      Buffer.from([0, 1, 2, 255]),
    );
  });

  it("gives the same bytes whenever the files were written", async () => {
    const first = await packFolder(join(folder, "in"));
    await utimes(join(folder, "in", "xgboost-model"), 1, 1);

    expect((await packFolder(join(folder, "in"))).equals(first)).equal(true);
  });

  it("is read by tar", async () => {
    const archive = join(folder, "model.tar.gz");
    await writeFile(archive, await packFolder(join(folder, "in")));

    await run("tar", ["-xzf", archive, "-C", join(folder, "out")]);

    expect(await readFile(join(folder, "out", "code", "inference.py"), "utf8")).equal(
      "pass\n".repeat(300),
    );
  });

  for (const format of ["gnu", "pax", "ustar"]) {
    it(`reads archives of tar's ${format} format, long paths too`, async () => {
      const path = `${"folder".repeat(15)}/${"file".repeat(20)}`;
      await mkdir(join(folder, "in", path, ".."), { recursive: true });
      await writeFile(join(folder, "in", path), "deep");
      const archive = join(folder, "model.tar.gz");
      await run("tar", [`--format=${format}`, "-czf", archive, "-C", join(folder, "in"), "."]);

      await unpackArchive(await readFile(archive), join(folder, "out"));

      expect(await readFile(join(folder, "out", path), "utf8")).equal("deep");
      expect(await readFile(join(folder, "out", "code", "inference.py"), "utf8")).length(1500);
    });
  }

  it("refuses paths that leave the folder, and what is no archive", async () => {
    const archive = join(folder, "model.tar.gz");
    await run("tar", ["-czPf", archive, "-C", join(folder, "out"), "../in/xgboost-model"]);
    const failures = [];
    for (const bytes of [await readFile(archive), gzipSync("text"), Buffer.from("text")]) {
      failures.push(await unpackArchive(bytes, join(folder, "out")).catch((e: Error) => e.message));
    }
    failures.push(
      await unpackArchive(gzipSync(Buffer.alloc(512, "x")), folder).catch((e: Error) => e.message),
    );

    expect(failures[0]).include("leaves the archive");
    expect(failures[1]).equal("the tar archive has no end");
    expect(failures[2]).include("incorrect header check");
    expect(failures[3]).equal("not a tar archive");
  });
});
