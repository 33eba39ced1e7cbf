import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { projectRoot } from "../../../local/setup/node-packages.mjs";

/** All that the program is, without its packages. */
const program = [
  ...["components", "containers", "glue", "handlers", "stacks"],
  ...["index.ts", "package.json", "package-lock.json", "tsconfig.json", "Pulumi.yaml"],
];

/** A Pulumi project of a test's own, in a temporary folder. */
export interface Project {
  folder: string;
  /** Writes Pulumi.<stack>.yaml. */
  configure(stack: string, config: Record<string, unknown>): Promise<void>;
  remove(): Promise<void>;
}

/** The project's own program. */
export async function copyOfProgram(): Promise<Project> {
  const project = await emptyProject();
  for (const name of program) {
    await cp(join(projectRoot, name), join(project.folder, name), { recursive: true });
  }
  return project;
}

/** @param source of index.ts */
export async function projectOf(source: string): Promise<Project> {
  const project = await emptyProject();
  const { folder } = project;
  await writeFile(join(folder, "index.ts"), source);
  await writeFile(join(folder, "package.json"), '{ "type": "module", "main": "index.ts" }');
  const runtime = { name: "nodejs", options: { typescript: false } };
  await writeFile(
    join(folder, "Pulumi.yaml"),
    stringify({ name: "small", runtime, main: "index.ts" }),
  );
  return project;
}

async function emptyProject(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "engine-project-"));
  await symlink(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  await mkdir(join(folder, ".state"));
  return {
    folder,
    configure: (stack, config) =>
      writeFile(join(folder, `Pulumi.${stack}.yaml`), stringify({ config })),
    remove: () => rm(folder, { recursive: true }),
  };
}
