import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { type Child, spawnChild } from "../../../local/processes/child.ts";

const env = { PATH: "/usr/bin:/bin" };

describe("spawnChild", () => {
  const started: Child[] = [];
  const sh = (script: string, onStdoutLine: (line: string) => void = () => {}): Child => {
    const child = spawnChild({ command: "/bin/sh", args: ["-c", script], env, onStdoutLine });
    started.push(child);
    return child;
  };
  afterEach(() => Promise.all(started.splice(0).map((child) => child.stop(0))));

  it("delivers every line before it tells the exit status", async () => {
    const out: string[] = [];
    const err: string[] = [];
    const child = spawnChild({
      command: "sh",
      args: ["-c", 'echo one; echo two >&2; printf "no line end"; exit 3'],
      env,
      onStdoutLine: (line) => out.push(line),
      onStderrLine: (line) => err.push(line),
    });

    expect(await child.exited).to.deep.equal({ code: 3, signal: null });
    expect(out).to.deep.equal(["one", "no line end"]);
    expect(err).to.deep.equal(["two"]);
  });

  it("gives the child the environment named and nothing else", async () => {
    const lines: string[] = [];
    const child = spawnChild({
      command: "/usr/bin/env",
      env: { ONLY: "this" },
      onStdoutLine: (line) => lines.push(line),
    });

    await child.exited;

    expect(lines).to.deep.equal(["ONLY=this"]);
  });

  it("writes to the child's standard input", async () => {
    const lines: string[] = [];
    const child = sh('read -r line; echo "got $line"', (line) => lines.push(line));

    child.stdin.write("hello\n");
    await child.exited;

    expect(lines).to.deep.equal(["got hello"]);
  });

  it("names the command that cannot be started", () => {
    expect(() => spawnChild({ command: "/no/such/program", env })).to.throw("/no/such/program");
  });

  it("stops with SIGTERM and may be asked twice", async () => {
    const child = sh("exec sleep 60");

    const exits = await Promise.all([child.stop(), child.stop()]);

    expect(exits).to.deep.equal([
      { code: null, signal: "SIGTERM" },
      { code: null, signal: "SIGTERM" },
    ]);
  });

  it("lets a child that is ending end, however often it is asked", async () => {
    const lines: string[] = [];
    const ready = Promise.withResolvers<void>();
    const child = sh(
      "trap 'trap - TERM; echo ending; sleep 0.2; exit 7' TERM; echo ready; while :; do sleep 0.05; done",
      (line) => {
        lines.push(line);
        if (line === "ready") ready.resolve();
        else void child.stop();
      },
    );
    await ready.promise;

    expect(await child.stop()).to.deep.equal({ code: 7, signal: null });
    expect(lines).to.deep.equal(["ready", "ending"]);
  });

  it("kills a child that ignores SIGTERM after the grace", async () => {
    const ready = Promise.withResolvers<string>();
    const child = sh("trap '' TERM; echo ready; while :; do sleep 0.05; done", ready.resolve);
    await ready.promise;

    expect(await child.stop(100)).to.deep.equal({ code: null, signal: "SIGKILL" });
  });

  it("ends what the child started when it is stopped", async () => {
    const grandchild = Promise.withResolvers<string>();
    const child = sh("sleep 60 & echo $!; wait", grandchild.resolve);
    const pid = Number(await grandchild.promise);

    await child.stop();

    await ended(pid);
  });

  it("ends what the child left running when it exits by itself", async () => {
    const grandchild = Promise.withResolvers<string>();
    const child = sh("sleep 60 & echo $!", grandchild.resolve);

    expect((await child.exited).code).to.equal(0);
    await ended(Number(await grandchild.promise));
  });

  it("takes the group along when the parent is killed with SIGKILL", async () => {
    const module = new URL("../../../local/processes/child.ts", import.meta.url).href;
    const program = `
      import { spawnChild } from ${JSON.stringify(module)};
      spawnChild({ command: "/bin/sh", args: ["-c", "exit 0"], env: {} });
      spawnChild({
        command: "/bin/sh",
        args: ["-c", "trap '' HUP; sleep 60 & echo $$ $!; wait"],
        env: { PATH: "/usr/bin:/bin" },
        onStdoutLine: console.log,
      });`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface({ input: parent.stdout }), "line")) as [string];
    const pids = line.split(" ").map(Number);

    parent.kill("SIGKILL");

    expect(pids).to.have.length(2);
    await Promise.all(pids.map(ended));
  });
});

/** Resolves once no process has the id; the test's own time limit ends the wait. */
async function ended(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A process whose parent does not collect it stays as a zombie, as under an init that reaps nothing.
  try {
    return !/^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}
