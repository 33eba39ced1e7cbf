import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "./command.mjs";
import { progress } from "./progress.mjs";

/** Folder of the project. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The Node.js that package.json pins: the program needs a newer one than a machine may have. */
export const projectNode = join(projectRoot, "node_modules", ".bin", "node");

const lock = join(projectRoot, "package-lock.json");
const stamp = join(projectRoot, "node_modules", ".installed-lock");

/** Installs the packages of package-lock.json, once for each state of it. */
export async function installNodePackages() {
  const wanted = createHash("sha256").update(readFileSync(lock)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted && existsSync(projectNode))
    return;
  const shown = progress("npm packages (Pulumi, AWS SDK, Node.js 24; about 550 MB)");
  try {
    await runCommand("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: projectRoot,
    });
  } catch (error) {
    shown.failed("see below");
    throw error;
  }
  writeFileSync(stamp, wanted);
  shown.done();
}
