import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { projectRoot } from "../../../local/setup/node-packages.mjs";

/** Says that it runs, waits, and says so before it ends in order. */
const program = `
process.on("SIGTERM", () => { console.log("ended in order"); process.exit(); });
setInterval(() => {}, 1000);
console.log(String(process.pid));
`;

describe("a program that run.mjs runs", () => {
  let folder: string;
  let runner: ChildProcess;
  let lines: AsyncIterator<string>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "run-test-"));
    await writeFile(join(folder, "program.mjs"), program);
  });
  after(() => rm(folder, { recursive: true }));

  const start = (command: string, args: string[], env: NodeJS.ProcessEnv = {}) => {
    runner = spawn(command, args, {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, npm_command: undefined, ...env },
    });
    const { stdout } = runner;
    if (stdout === null) throw new Error("there is no standard output");
    lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  };
  const line = async () => (await lines.next()).value as string | undefined;
  const runArgs = () => [
    join(projectRoot, "local/setup/run.mjs"),
    relative(projectRoot, join(folder, "program.mjs")),
  ];

  it("ends in order when run.mjs is killed", async () => {
    start(process.execPath, runArgs());
    expect(Number(await line())).to.be.greaterThan(1);

    runner.kill("SIGKILL");

    expect(await line()).to.equal("ended in order");
    expect(await line()).to.equal(undefined); // The pipe is closed: nobody is left that holds it.
  });

  it("ends in order when npm, whose child run.mjs is, is killed", async () => {
    const [file, target] = runArgs();
    // A shell that stays, as npm does.
    const script = `"${process.execPath}" "${file}" "${target}"; true`;
    start("/bin/sh", ["-c", script], { npm_command: "run" });
    expect(Number(await line())).to.be.greaterThan(1);

    runner.kill("SIGKILL");

    expect(await line()).to.equal("ended in order");
    expect(await line()).to.equal(undefined);
  });

  it("ends with run.mjs's own signal, once", async () => {
    start(process.execPath, runArgs());
    await line();

    runner.kill("SIGTERM");

    expect(await line()).to.equal("ended in order");
    expect(await once(runner, "exit")).to.deep.equal([0, null]);
  });

  describe("is interrupted once", () => {
    const counting = `
      let interrupts = 0;
      process.on("SIGINT", () => {
        interrupts += 1;
        setTimeout(() => { console.log("interrupts " + interrupts); process.exit(); }, 1500);
      });
      setInterval(() => {}, 1000);
      console.log(String(process.pid));`;

    it("when run.mjs alone is", async () => {
      await writeFile(join(folder, "program.mjs"), counting);
      start(process.execPath, runArgs());
      await line();

      runner.kill("SIGINT");

      expect(await line()).to.equal("interrupts 1");
    });

    it("when a terminal's Ctrl-C comes to both", async () => {
      await writeFile(join(folder, "program.mjs"), counting);
      start(process.execPath, runArgs());
      const pid = Number(await line());

      process.kill(pid, "SIGINT");
      runner.kill("SIGINT");

      expect(await line()).to.equal("interrupts 1");
    });

    it("and ends by it where it does not listen", async () => {
      await writeFile(
        join(folder, "program.mjs"),
        "setInterval(() => {}, 1000); console.log(String(process.pid));",
      );
      start(process.execPath, runArgs());
      await line();
      const ended = once(runner, "exit");

      runner.kill("SIGINT");

      expect(await ended).to.deep.equal([130, null]);
    });
  });
});
