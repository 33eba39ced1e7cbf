import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

/** What `Pulumi.<stack>.yaml` gives the program: values as Pulumi hands them over, objects as JSON. */
export type StackSettings = Record<string, string>;

/**
 * Reads the config of a stack as the engine would.
 *
 * @throws an Error when there is no such file, or when it holds secrets: only the engine can decrypt those.
 */
export async function readStackFile(projectDir: string, stack: string): Promise<StackSettings> {
  const path = join(projectDir, `Pulumi.${stack}.yaml`);
  const text = await readFile(path, "utf8").catch(() => {
    throw new Error(`no stack ${stack}: there is no file Pulumi.${stack}.yaml in ${projectDir}`);
  });
  const config: unknown = parseYaml(text, `Pulumi.${stack}.yaml`)?.config ?? {};
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new Error(`Pulumi.${stack}.yaml: "config" is to be a map of settings`);
  }
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, serialize(stack, key, value)]),
  );
}

function parseYaml(text: string, file: string) {
  try {
    return parse(text);
  } catch (error) {
    throw new Error(`${file} is no YAML: ${(error as Error).message}`);
  }
}

function serialize(stack: string, key: string, value: unknown): string {
  if (typeof value === "object" && value !== null) {
    if ("secure" in value) {
      throw new Error(
        `Pulumi.${stack}.yaml: ${key} is a secret, which only the Pulumi engine can read`,
      );
    }
    return JSON.stringify(value);
  }
  return String(value);
}
