import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { lockState } from "../../local/state-lock.ts";

describe("lockState", () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "retraining-lock-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it("refuses a folder that a living process holds, naming it", async () => {
    await writeFile(join(dir, "running.pid"), String(process.ppid));

    const error = await lockState(dir).catch((e: Error) => e);

    expect(error).to.be.an("error");
    expect((error as Error).message)
      .to.contain(`process ${process.ppid}`)
      .and.to.contain(dir);
  });

  it("takes over what a dead process left", async () => {
    await writeFile(join(dir, "running.pid"), "999999999");

    const unlock = await lockState(dir);

    await unlock();
  });

  it("may be taken again once given back", async () => {
    await (await lockState(dir))();

    await (await lockState(dir))();
  });
});
