import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { guardGroup, releaseGroup } from "./guardian.ts";

export interface ChildOptions {
  /** Absolute path, or a name that is looked up on `env.PATH`. */
  command: string;
  args?: readonly string[];
  /** The whole environment: nothing is inherited, so that a run does not depend on the caller's shell. */
  env: Readonly<Record<string, string>>;
  /** @default the caller's working directory */
  cwd?: string;
  /** Called with each line of standard output, without its line end. Without a hook output is dropped. */
  onStdoutLine?: (line: string) => void;
  /** Called with each line of standard error, without its line end. Without a hook output is dropped. */
  onStderrLine?: (line: string) => void;
}

export interface Exit {
  /** Exit status, or null where a signal ended the process. */
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Child {
  /** Also the id of the process group that the child and whatever it starts live in. */
  pid: number;
  /** Closes when this process dies in any way. A write after the child's end is dropped, see `exited`. */
  stdin: Writable;
  /** Settles once the process has ended and its last line was delivered. Never rejects. */
  exited: Promise<Exit>;
  /**
   * Ends the whole group: SIGTERM, sent once however often this is called, and SIGKILL `graceMs` after a call. Resolves when
   * the child has ended.
   *
   * @param graceMs @default 2000
   */
  stop(graceMs?: number): Promise<Exit>;
}

/** How long output that somebody outside of the group still holds open is waited for after the end. */
const outputGraceMs = 1000;

/**
 * Starts a process in a process group of its own. The whole group ends when the process ends, when `stop` is called, and when
 * this process dies, even by SIGKILL (see guardian.ts), so nothing that a child starts in turn is left behind.
 *
 * @throws when the command cannot be started at all
 */
export function spawnChild(options: ChildOptions): Child {
  const child = spawn(options.command, [...(options.args ?? [])], {
    cwd: options.cwd,
    env: { ...options.env },
    detached: true,
    stdio: "pipe",
  });
  if (child.pid === undefined) {
    child.on("error", () => {}); // Follows in the next tick and says no more than this.
    const folder = options.cwd ?? process.cwd();
    throw new Error(`Cannot start ${options.command} in ${folder}: not found or not executable`);
  }

  const pid = child.pid;
  guardGroup(pid);
  readLines(child.stdout, options.onStdoutLine);
  readLines(child.stderr, options.onStderrLine);
  child.stdin.on("error", () => {}); // EPIPE: the child ended first; `exited` is where its end is told.

  child.once("exit", () => {
    signalGroup(pid, "SIGKILL"); // Whatever the child started must not outlive it.
    releaseGroup(pid);
    setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, outputGraceMs).unref();
  });
  const exited = once(child, "close").then(
    ([code, signal]): Exit => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
    }),
  );

  let asked = false;
  const stop = async (graceMs = 2000): Promise<Exit> => {
    if (child.exitCode === null && child.signalCode === null) {
      // Once: a program that is ending may listen to signals no more, and a second one would cut its end short.
      if (!asked) signalGroup(pid, "SIGTERM");
      asked = true;
      const kill = setTimeout(() => signalGroup(pid, "SIGKILL"), graceMs);
      await exited;
      clearTimeout(kill);
    }
    return exited;
  };
  return { pid, stdin: child.stdin, exited, stop };
}

function readLines(stream: Readable, onLine: ((line: string) => void) | undefined): void {
  if (onLine === undefined) stream.resume();
  else createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on("line", onLine);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: the group has ended. EPERM: macOS's answer for a group of which only a zombie is left.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}
