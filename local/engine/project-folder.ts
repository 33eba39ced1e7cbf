import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse, parseDocument, stringify } from "yaml";

const stackFile = /^Pulumi\.(?<stack>[\w.-]+)\.yaml$/;

/** What is read of Pulumi.yaml. */
interface ProjectSettings {
  name: string;
  main?: string;
  runtime?: { options?: { nodeargs?: string } };
}

/**
 * The project as the engine sees it: the project's own Pulumi.yaml and stack files, in a folder beside the local state. The
 * program stays where it is.
 *
 * The engine writes a salt for secrets into a stack's file. That of the local stack belongs to the local state: in the
 * project's own file it would be a change to commit, and wrong for the backend that the user has.
 */
export class ProjectFolder {
  readonly path: string;
  /** The project's name. */
  readonly project: string;
  /** Arguments of Node.js for the program. */
  readonly nodeArgs: string;
  readonly #projectDir: string;

  private constructor(projectDir: string, path: string, settings: ProjectSettings) {
    this.project = settings.name;
    this.nodeArgs = settings.runtime?.options?.nodeargs ?? "";
    this.#projectDir = projectDir;
    this.path = path;
  }

  /** Brings the folder up to date with the project. */
  static async open(projectDir: string, path: string): Promise<ProjectFolder> {
    await mkdir(path, { recursive: true });
    const project: ProjectSettings = parse(await readFile(join(projectDir, "Pulumi.yaml"), "utf8"));
    const main = resolve(projectDir, project.main ?? ".");
    await writeFile(join(path, "Pulumi.yaml"), stringify({ ...project, main }));
    const folder = new ProjectFolder(projectDir, path, project);
    await folder.#copyIn();
    return folder;
  }

  /** Takes what a command such as `pulumi config set` has changed back into the project. */
  async copyBack(): Promise<void> {
    for (const name of await stackFiles(this.path)) {
      const theirs = join(this.#projectDir, name);
      const text = await readFile(join(this.path, name), "utf8");
      const before = existsSync(theirs) ? parse(await readFile(theirs, "utf8")) : undefined;
      const after = parseDocument(text);
      // Secrets cannot be read without the salt: then it belongs with them.
      if (before?.encryptionsalt === undefined && !text.includes("secure:")) {
        after.delete("encryptionsalt");
      }
      const changed = !isDeepStrictEqual(after.toJS()?.config ?? {}, before?.config ?? {});
      if (changed) await writeFile(theirs, after.toString());
    }
  }

  async #copyIn(): Promise<void> {
    for (const name of await stackFiles(this.#projectDir)) {
      const text = await readFile(join(this.#projectDir, name), "utf8");
      const mine = join(this.path, name);
      const salt = existsSync(mine) ? saltLine(await readFile(mine, "utf8")) : undefined;
      await writeFile(mine, salt === undefined || saltLine(text) ? text : `${salt}\n${text}`);
    }
  }
}

async function stackFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => stackFile.test(name));
}

function saltLine(text: string): string | undefined {
  return /^encryptionsalt:.*$/m.exec(text)?.[0];
}
