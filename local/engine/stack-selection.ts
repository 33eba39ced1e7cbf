import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";

/** The stack of commands that name none, until the user selects another. */
const defaultStack = "local";

/** Folders of the engine's state, as it lays them out. */
export interface EngineState {
  backend: string;
  home: string;
}

/**
 * The stack that a command is about: the one that it names, else `PULUMI_STACK`, else the selected one, else `local`.
 */
export async function stackOf(named: string | undefined, state: EngineState): Promise<string> {
  return named ?? process.env["PULUMI_STACK"] ?? (await selectedStack(state)) ?? defaultStack;
}

export function stackExists(state: EngineState, project: string, stack: string): boolean {
  return existsSync(join(state.backend, ".pulumi", "stacks", project, `${stack}.json`));
}

async function selectedStack({ home }: EngineState): Promise<string | undefined> {
  const folder = join(home, "workspaces");
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const workspace = JSON.parse(await readFile(join(folder, name), "utf8"));
    if (typeof workspace.stack === "string" && workspace.stack !== "") {
      return basename(workspace.stack); // organization/project/stack
    }
  }
  return undefined;
}
