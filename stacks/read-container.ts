import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { nearestName } from "../components/nearest-name.ts";
import type { Problem } from "./config-error.ts";
import type { Report } from "./config-report.ts";

/** Where containers of one's own are, one folder each. */
const home = "containers";

/** Without it Docker adds a provenance record to what it pushes, in a form that SageMaker refuses. */
const provenanceSwitch = "BUILDX_NO_DEFAULT_ATTESTATIONS";

const parts = [
  ["Dockerfile", "what the image is built with", "add one that puts train and serve on PATH"],
  [
    "requirements.txt",
    "the Python packages of train and serve, which the laptop installs in place of the Dockerfile",
    "add one, empty where there are none, and have the Dockerfile install it",
  ],
  ["train", "the program that SageMaker starts for a training job", "add an executable file train"],
  ["serve", "the program that SageMaker starts for an endpoint", "add an executable file serve"],
] as const;

/** Checks the folder of `algorithm.container`. @returns whether it can be built from */
export function checkContainer(
  projectRoot: string,
  folder: string,
  path: string,
  { problems, warnings }: Report,
): boolean {
  const found = folderProblems(projectRoot, folder).map((problem) => ({
    path,
    received: folder,
    ...problem,
  }));
  problems.push(...found);
  if (found.length > 0) return false;
  const message =
    "hyperparameters, content type, input mode, channels and instances are not checked: nothing is known of a container of your own";
  warnings.push({ path, message });
  if (!/^(1|true)$/.test(process.env[provenanceSwitch] ?? "")) {
    warnings.push({
      path,
      message: `set ${provenanceSwitch}=1 where the image is built: SageMaker takes no image that comes with a provenance record`,
    });
  }
  return true;
}

type Finding = Pick<Problem, "rule" | "remedy">;

function folderProblems(projectRoot: string, folder: string): Finding[] {
  const absolute = resolve(projectRoot, folder);
  const inside = relative(join(projectRoot, home), absolute);
  if (inside === "" || inside.startsWith("..") || !/^[\w./-]+$/.test(folder)) {
    const rule = `a folder below ${home}/ of the project, its path of letters, digits, _, . and -`;
    return [{ rule, remedy: `move it there and write ${home}/<folder>` }];
  }
  if (!isFolder(absolute)) {
    const nearest = nearestName(folder, foldersIn(join(projectRoot, home)));
    const remedy = nearest === undefined ? "create it, or correct the path" : `write ${nearest}`;
    return [{ rule: "a folder that exists, relative to the project", remedy }];
  }
  return parts.flatMap(([name, what, remedy]) => partProblems(absolute, name, what, remedy));
}

function partProblems(folder: string, name: string, what: string, remedy: string): Finding[] {
  const file = statSync(join(folder, name), { throwIfNoEntry: false });
  if (!file?.isFile()) return [{ rule: `it needs ${name}: ${what}`, remedy }];
  if (name !== "train" && name !== "serve") return [];
  if ((file.mode & 0o111) === 0) {
    return [
      { rule: `its ${name} must be executable`, remedy: `chmod +x ${name}, and commit that` },
    ];
  }
  const start = readFileSync(join(folder, name)).subarray(0, 2).toString("latin1");
  if (start === "#!" || start === "\x7fE") return [];
  const rule = `its ${name} must say what runs it in its first line`;
  return [{ rule, remedy: "begin it with #!/usr/bin/env python3, say" }];
}

function foldersIn(folder: string): string[] {
  if (!isFolder(folder)) return [];
  return readdirSync(folder).map((name) => `${home}/${name}`);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
