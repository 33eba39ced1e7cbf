import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "./command.mjs";
import { withLock } from "./lock.mjs";
import { progress } from "./progress.mjs";

/** What each environment holds, for the line that says so. They are kept apart: xgboost starts four times slower beside scikit-learn. */
const contents = {
  cloud: "ministack, botocore; about 90 MB",
  spark: "PySpark 3.5.4, Java 17 runtime; about 500 MB",
  xgboost: "XGBoost 3.0.5 for CPUs, pyarrow; about 420 MB",
  learners: "JAX, SciPy, scikit-learn; about 680 MB",
  checks: "ruff; about 30 MB",
  audit: "pip-audit; about 60 MB",
};

/** @typedef {keyof typeof contents} EnvironmentName */

const oldestPython = 10;
const newestPython = 13;
const setupDir = dirname(fileURLToPath(import.meta.url));
/** Folder of the locks, one for each environment. */
export const requirementsDir = join(setupDir, "requirements");
const sparkWorkerDir = join(dirname(setupDir), "glue", "python");

/** Where environments are kept: outside of the checkout, so that each clone finds them again. */
export const cacheDir =
  process.env["RETRAINING_CACHE_DIR"] ??
  join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "sagemaker-retraining");

/**
 * Installs the named Python environments from their hashed lockfiles, once for each state of the lockfile and the Python.
 *
 * @param {string[]} names
 */
export async function installEnvironments(names) {
  if (names.length === 0) return;
  const python = await findPython();
  await Promise.all(names.map((name) => install(known(name), python)));
  if (names.includes("spark")) await makeClassArchive(await interpreter("spark"));
}

/**
 * Spark starts 2 s sooner from classes that Java keeps parsed. Asked each time: what is there already is left as it is.
 *
 * @param {string} python
 */
async function makeClassArchive(python) {
  await withLock(join(dirname(dirname(python)), "class-archive.lock"), async () => {
    let shown = /** @type {ReturnType<typeof progress> | undefined} */ (undefined);
    const slow = setTimeout(() => {
      shown = progress("Spark's class archive (once, about 140 MB)");
    }, 1000);
    try {
      await runCommand(python, ["-m", "spark_worker.class_archive"], {
        env: { ...process.env, PYTHONPATH: sparkWorkerDir, PYTHONDONTWRITEBYTECODE: "1" },
      });
      shown?.done();
    } catch (error) {
      shown?.failed("see below");
      throw error;
    } finally {
      clearTimeout(slow);
    }
  });
}

/**
 * The interpreter of an environment that is installed.
 *
 * @param {EnvironmentName} name
 * @throws an Error when it is not installed
 */
export async function interpreter(name) {
  const python = join(folderOf(name, await findPython()), "bin", "python");
  if (!existsSync(python))
    throw new Error(`Python environment ${name} is not installed: start the program through npm`);
  return python;
}

/** @param {string} name @returns {EnvironmentName} */
function known(name) {
  if (name in contents) return /** @type {EnvironmentName} */ (name);
  throw new Error(`no Python environment ${name}: there are ${Object.keys(contents).join(", ")}`);
}

/** @param {EnvironmentName} name */
const lockOf = (name) => join(requirementsDir, `${name}.txt`);

/**
 * @param {EnvironmentName} name
 * @param {{ path: string, version: string }} python
 */
function folderOf(name, python) {
  const state = createHash("sha256")
    .update(readFileSync(lockOf(name)))
    .update(python.version)
    .update(python.path);
  return join(cacheDir, "python", `${name}-${state.digest("hex").slice(0, 12)}`);
}

/**
 * @param {EnvironmentName} name
 * @param {{ path: string, version: string }} python
 */
async function install(name, python) {
  const title = `Python environment "${name}" (${contents[name]})`;
  await makeEnvironment(folderOf(name, python), title, python, [
    "--require-hashes",
    "-r",
    lockOf(name),
  ]);
}

/**
 * The interpreter of an environment of what a requirements file names, made once for each state of the file and the Python.
 *
 * @param {{ title: string, requirements: string }} wanted `requirements`: path of the file
 * @returns {Promise<string>}
 */
export async function installRequirements({ title, requirements }) {
  const python = await findPython();
  const content = readFileSync(requirements);
  const state = createHash("sha256").update(content).update(python.version).update(python.path);
  const folder = join(cacheDir, "python", `container-${state.digest("hex").slice(0, 12)}`);
  await makeEnvironment(folder, title, python, ["-r", requirements]);
  return join(folder, "bin", "python");
}

/**
 * @param {string} folder
 * @param {string} title for the line that says what takes long
 * @param {{ path: string, version: string }} python
 * @param {string[]} packages what pip is told to install
 */
async function makeEnvironment(folder, title, python, packages) {
  const complete = join(folder, ".complete");
  if (existsSync(complete)) return;
  mkdirSync(dirname(folder), { recursive: true });
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(complete)) return;
    const shown = progress(title);
    try {
      rmSync(folder, { recursive: true, force: true });
      await runCommand(python.path, ["-m", "venv", folder]);
      const pip = [
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar",
        "off",
      ];
      await runCommand(join(folder, "bin", "python"), [...pip, ...packages], {
        onLine: (line) =>
          /^(Collecting|Downloading|Building|Installing)/.test(line) &&
          shown.step(line.slice(0, 100)),
      });
    } catch (error) {
      shown.failed("see below");
      throw new Error(`${title}: ${error instanceof Error ? error.message : error}`);
    }
    writeFileSync(complete, "");
    shown.done();
  });
}

/** @type {Promise<{ path: string, version: string }> | undefined} */
let found;

/** The machine's Python that the environments are made with. `RETRAINING_PYTHON` names another. */
function findPython() {
  found ??= searchPython();
  return found;
}

async function searchPython() {
  const asked = process.env["RETRAINING_PYTHON"];
  const candidates = asked
    ? [asked]
    : ["python3.11", "python3", "python3.12", "python3.13", "python3.10", "python"];
  const seen = [];
  for (const candidate of candidates) {
    const probe = "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])";
    const answer = await runCommand(candidate, ["-c", probe]).catch(() => "");
    const [path, version] = answer.trim().split("\n");
    if (!path || !version) continue;
    const [major, minor] = version.split(".").map(Number);
    if (major === 3 && minor !== undefined && minor >= oldestPython && minor <= newestPython)
      return { path, version };
    seen.push(`${candidate} ${version}`);
  }
  throw new Error(
    `Python 3.${oldestPython} to 3.${newestPython} is needed (found: ${seen.join(", ") || "none"}). ` +
      "Install one, or name it in RETRAINING_PYTHON",
  );
}
