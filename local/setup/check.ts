// Format, lint, types, dead code: all of them, also after the first that fails.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { runCommand } from "../../scripts/command-line.ts";
import { projectNode, projectRoot } from "./node-packages.mjs";
import { interpreter } from "./python-environments.mjs";

const usage = `npm run check

Format, lint, types and dead code of TypeScript, lint and format of Python: all of them, also after the first that fails.`;

await runCommand(usage, [], checkAll);

async function checkAll(): Promise<void> {
  const bin = (name: string) => join(projectRoot, "node_modules", ".bin", name);
  const python = await interpreter("checks");

  const checks: [string, string, string[]][] = [
    ["format and lint", bin("biome"), ["ci", "--error-on-warnings", "."]],
    ["types", projectNode, [join(projectRoot, "node_modules/typescript/bin/tsc"), "--noEmit"]],
    ["dead code", projectNode, [join(projectRoot, "node_modules/knip/bin/knip.js")]],
    ["Python lint", python, ["-m", "ruff", "check", "."]],
    ["Python format", python, ["-m", "ruff", "format", "--check", "."]],
  ];

  let failed = 0;
  for (const [name, command, args] of checks) {
    console.log(`\n== ${name}`);
    const { status } = spawnSync(command, args, { cwd: projectRoot, stdio: "inherit" });
    if (status !== 0) failed += 1;
  }
  console.log(`\ncheck: ${checks.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
