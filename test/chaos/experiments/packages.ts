import { globSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { runCommand } from "../../../local/setup/command.mjs";
import { requirementsDir } from "../../../local/setup/python-environments.mjs";
import { npmLicences, permission, pythonLicences } from "../../../scripts/audit/licences.ts";
import type { Experiment } from "../experiment.ts";

export const packages: Experiment[] = [
  {
    name: "package-with-other-content",
    promise: "packages-are-pinned",
    expected: "refused for its hash; environments made: 0",
    quick: false,
    standalone: true,
    run: installForged,
  },
  {
    name: "licences",
    promise: "packages-are-pinned",
    expected: "over 300 packages; licences not permitted: none",
    quick: true,
    standalone: true,
    async run() {
      const installed = ["cloud", "spark", "xgboost"] as const;
      const python = await Promise.all(installed.map(pythonLicences));
      const all = [...npmLicences(), ...python.flat()];
      const unclear = all.filter((item) => permission(item) === undefined);
      const names = unclear.map(({ name, licence }) => `${name} (${licence})`).join(", ");
      return `${all.length > 300 ? "over 300" : all.length} packages; licences not permitted: ${names || "none"}`;
    },
  },
];

/** Installs an environment where the package source gives another content under the name and version that are locked. */
async function installForged(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "retraining-forged-"));
  try {
    const source = join(folder, "source");
    await mkdir(source);
    const [, name = "", version = ""] =
      /^(\w+)==(\S+)/.exec(readFileSync(join(requirementsDir, "checks.txt"), "utf8")) ?? [];
    await writeFile(
      join(source, `${name}-${version}-py3-none-any.whl`),
      forgedWheel(name, version),
    );
    const setup = join(import.meta.dirname, "../../../local/setup/python-environments.mjs");
    const program = `import(${JSON.stringify(setup)}).then((m) => m.installEnvironments(["checks"]))`;
    const failure = await runCommand(process.execPath, ["--eval", program], {
      env: {
        PATH: process.env["PATH"],
        HOME: folder,
        RETRAINING_CACHE_DIR: join(folder, "cache"),
        PIP_CONFIG_FILE: "/dev/null",
        PIP_NO_INDEX: "1",
        PIP_FIND_LINKS: source,
      },
    }).then(
      () => "installed",
      (error: Error) => error.message,
    );
    const complete = globSync("cache/python/*/.complete", { cwd: folder });
    // What pip ends with when it expected other hashes.
    const refused = /Got +[0-9a-f]{64}/.test(failure) ? "refused for its hash" : failure;
    return `${refused}; environments made: ${complete.length}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function forgedWheel(name: string, version: string): Uint8Array {
  const info = `${name}-${version}.dist-info`;
  const text = (content: string) => new TextEncoder().encode(content);
  return zipSync({
    [`${name}/__init__.py`]: text("raise SystemExit('not the locked package')\n"),
    [`${info}/METADATA`]: text(`Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`),
    [`${info}/WHEEL`]: text("Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
    [`${info}/RECORD`]: text(""),
  });
}
