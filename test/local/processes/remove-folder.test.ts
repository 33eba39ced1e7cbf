import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { removeFolder, removeFolderSync } from "../../../local/processes/remove-folder.ts";

describe("the folder of a process that has ended", () => {
  let folder: string;
  let writer: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "remove-folder-"));
  });
  afterEach(async () => {
    writer?.kill("SIGKILL");
    writer = undefined;
    await removeFolder(folder);
  });

  for (const [how, remove] of [
    ["removeFolder", removeFolder],
    ["removeFolderSync", async (path: string) => removeFolderSync(path)],
  ] as const) {
    it(`is removed with all that is in it, once or twice, by ${how}`, async () => {
      writeFileSync(join(folder, "file"), "text");

      await remove(folder);
      await remove(folder);

      expect(existsSync(folder)).to.equal(false);
    });

    it(`is removed while another process still writes for a moment, by ${how}`, async () => {
      writer = spawn("/bin/sh", [
        "-c",
        `cd '${folder}'; echo; i=0; while [ $i -lt 3000 ]; do i=$((i + 1)); : > $i; done 2> /dev/null`,
      ]);
      await once(writer.stdout as NodeJS.ReadableStream, "data");

      await remove(folder);

      expect(existsSync(folder)).to.equal(false);
    });
  }

  it("is an error where it cannot be removed for another reason", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "text");

    const failure = await removeFolder(join(file, "folder")).catch(({ code }) => code);

    expect(failure).to.equal("ENOTDIR");
  });
});
