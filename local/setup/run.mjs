#!/usr/bin/env node
// Runs a TypeScript program of the project with everything that it needs in place:
//
//   node local/setup/run.mjs [--python cloud,spark,...] <program.ts> [arguments]
//
// Plain JavaScript without packages, for the Node.js that the machine happens to have: it is what installs the rest.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { installNodePackages, projectNode, projectRoot } from "./node-packages.mjs";
import { installEnvironments } from "./python-environments.mjs";

const oldestNode = 18;
const parentLookMs = 500;
/** A terminal's Ctrl-C has come to the program within. */
const interruptMs = 500;

async function main() {
  const { environments, program, programArguments } = parse(process.argv.slice(2));
  const major = Number(process.versions.node.split(".")[0]);
  if (major < oldestNode) {
    throw new Error(`Node.js ${process.versions.node} is too old: install ${oldestNode} or newer`);
  }
  await Promise.all([installNodePackages(), installEnvironments(environments)]);
  const preload = pathToFileURL(join(projectRoot, "local/setup/end-with-parent.mjs")).href;
  const file = join(projectRoot, program);
  process.exitCode = await run(projectNode, ["--import", preload, file, ...programArguments]);
}

/** @param {string[]} argv */
function parse(argv) {
  const rest = [...argv];
  /** @type {string[]} */
  let environments = [];
  if (rest[0] === "--python") {
    environments = (rest[1] ?? "").split(",").filter(Boolean);
    rest.splice(0, 2);
  }
  const [program, ...programArguments] = rest;
  if (program === undefined)
    throw new Error("usage: run.mjs [--python NAMES] <program.ts> [arguments]");
  return { environments, program, programArguments };
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function run(command, args) {
  // The fourth is the lifeline of end-with-parent.mjs.
  const child = spawn(command, args, { stdio: ["inherit", "inherit", "inherit", "pipe"] });
  endWithNpm(child);
  // The program ends what it started by itself; a terminal's Ctrl-C reaches it anyway, a `kill` of this process must too.
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.exitCode === null && child.kill(signal));
  }
  process.on("SIGINT", () => setTimeout(() => tellOfInterrupt(child), interruptMs).unref());
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}

/**
 * Whether this process was interrupted alone, or the whole terminal was, nothing tells here: the program knows what it got.
 *
 * @param {import("node:child_process").ChildProcess} child
 */
function tellOfInterrupt(child) {
  const lifeline = child.stdio[3];
  if (child.exitCode === null && lifeline instanceof Writable) lifeline.write("SIGINT");
}

/**
 * npm, killed, takes no child with it. Nothing tells a process of its parent's death everywhere: it is asked for.
 * Without npm the parent may well go first, as a shell does after `nohup ... &`.
 *
 * @param {import("node:child_process").ChildProcess} child
 */
function endWithNpm(child) {
  if (process.env["npm_command"] === undefined) return;
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(looking);
    child.kill("SIGTERM");
  }, parentLookMs);
  looking.unref();
}

main().catch((error) => {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});
