import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { startOfProcess } from "../../local/processes/process-identity.ts";
import { projectRoot } from "../../local/setup/node-packages.mjs";
import { lockState } from "../../local/state-lock.ts";

describe("lockState", () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "retraining-lock-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const lockBy = async (pid: number, start: string | undefined, guardianOf = 999999999) => {
    const guardian = { pid: guardianOf, start: await startOfProcess(guardianOf) };
    await writeFile(join(dir, "running.pid"), JSON.stringify({ pid, start, guardian }));
  };
  const refusal = async () => {
    const error = await lockState(dir).catch((e: Error) => e);
    expect(error).to.be.an("error");
    return (error as Error).message;
  };

  it("refuses a folder that a living process holds, naming it", async () => {
    await lockBy(process.ppid, await startOfProcess(process.ppid));

    expect(await refusal())
      .to.contain(`process ${process.ppid}`)
      .and.to.contain(dir);
  });

  it("makes a folder that other users of the machine cannot look into", async () => {
    const folder = join(dir, "state");

    const unlock = await lockState(folder);

    expect((await stat(folder)).mode & 0o777).to.equal(0o700);
    await unlock();
  });

  it("refuses a folder that this process holds already", async () => {
    const unlock = await lockState(dir);

    expect(await refusal()).to.contain(`process ${process.pid}`);
    await unlock();
  });

  for (const [what, text] of [
    ["a dead process", '{ "pid": 999999999, "start": "1", "guardian": { "pid": 999999999 } }'],
    ["a process that was killed as it took it", ""],
  ] as const) {
    it(`takes over what ${what} left`, async () => {
      await writeFile(join(dir, "running.pid"), text);

      const unlock = await lockState(dir);

      await unlock();
    });
  }

  it("takes over what a process left whose id another one has now", async () => {
    await lockBy(process.ppid, "a start long ago");

    const unlock = await lockState(dir);

    await unlock();
  });

  it("waits for the guardian that ends what a killed process had started", async () => {
    const guardian = spawn("sleep", ["60"]);
    await lockBy(999999999, "1", guardian.pid);
    let taken = false;
    const locking = lockState(dir).finally(() => (taken = true));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(taken).to.equal(false);

    guardian.kill("SIGKILL");

    await (await locking)();
  });

  it("goes to one of many that find what a dead process left", async () => {
    await writeFile(
      join(dir, "running.pid"),
      '{ "pid": 999999999, "start": "1", "guardian": { "pid": 999999999 } }',
    );
    const module = JSON.stringify(join(projectRoot, "local/state-lock.ts"));
    const program = `const { lockState } = await import(${module});
      await lockState(${JSON.stringify(dir)}).then(() => console.log("got"), () => console.log("refused"));
      process.stdin.resume();`;
    const children = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ["--input-type=module", "-e", program], {
        stdio: ["pipe", "pipe", "inherit"],
      }),
    );

    const said = await Promise.all(
      children.map(async ({ stdout }) => String((await once(stdout, "data"))[0]).trim()),
    );

    for (const child of children) child.kill("SIGKILL");
    expect(said.sort()).to.deep.equal(["got", ...Array(5).fill("refused")]);
  });

  it("may be taken again once given back", async () => {
    await (await lockState(dir))();

    await (await lockState(dir))();
  });
});
