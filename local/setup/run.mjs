#!/usr/bin/env node
// Runs a TypeScript program of the project with everything that it needs in place:
//
//   node local/setup/run.mjs [--python cloud,spark,...] <program.ts> [arguments]
//
// Plain JavaScript without packages, for the Node.js that the machine happens to have: it is what installs the rest.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { installNodePackages, projectNode, projectRoot } from "./node-packages.mjs";
import { installEnvironments } from "./python-environments.mjs";

const oldestNode = 18;

async function main() {
  const { environments, program, programArguments } = parse(process.argv.slice(2));
  const major = Number(process.versions.node.split(".")[0]);
  if (major < oldestNode) {
    throw new Error(`Node.js ${process.versions.node} is too old: install ${oldestNode} or newer`);
  }
  await Promise.all([installNodePackages(), installEnvironments(environments)]);
  process.exitCode = await run(projectNode, [join(projectRoot, program), ...programArguments]);
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
  const child = spawn(command, args, { stdio: "inherit" });
  // The program ends what it started by itself; a terminal's Ctrl-C reaches it anyway, a `kill` of this process must too.
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.exitCode === null && signal !== "SIGINT" && child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}

main().catch((error) => {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});
