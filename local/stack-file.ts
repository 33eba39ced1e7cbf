import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDocument } from "yaml";

/** What `Pulumi.<stack>.yaml` gives the program: values as Pulumi hands them over, objects as JSON. */
export type StackSettings = Record<string, string>;

/**
 * Reads the config of a stack as the engine would.
 *
 * @throws an Error when there is no such file, when it is not the YAML that a stack's file is, and when it holds secrets: only
 * the engine can decrypt those.
 */
export async function readStackFile(projectDir: string, stack: string): Promise<StackSettings> {
  const path = join(projectDir, `Pulumi.${stack}.yaml`);
  const content = await readFile(path).catch(() => {
    throw new Error(`no stack ${stack}: there is no file Pulumi.${stack}.yaml in ${projectDir}`);
  });
  const file = parseYaml(textOf(content, stack), `Pulumi.${stack}.yaml`) ?? {};
  if (!isMap(file)) throw new Error(`Pulumi.${stack}.yaml is to be a map with the key "config"`);
  const config = file["config"] ?? {};
  if (!isMap(config)) throw new Error(`Pulumi.${stack}.yaml: "config" is to be a map of settings`);
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, serialize(stack, key, value)]),
  );
}

function textOf(content: Uint8Array, stack: string): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(content);
    if (!text.includes("\0")) return text;
  } catch {
    // said below
  }
  throw new Error(`Pulumi.${stack}.yaml is not UTF-8: save it so`);
}

function parseYaml(text: string, file: string): unknown {
  // Keys that are no texts, and tags that nobody knows, would become something else without a word.
  const document = parseDocument(text, { stringKeys: true });
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong?.code === "MULTIPLE_DOCS") throw new Error(`${file} holds two documents: write one`);
  // where the stack ends differs from machine to machine: the parser's place for it tells nothing
  if (wrong?.message.includes("call stack")) throw new Error(`${file} nests values too deeply`);
  if (wrong !== undefined) throw new Error(`${file} is no YAML: ${wrong.message}`);
  try {
    return document.toJS();
  } catch (error) {
    throw new Error(`${file} is no YAML: ${(error as Error).message}`);
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function serialize(stack: string, key: string, value: unknown): string {
  if (typeof value === "object" && value !== null) {
    if ("secure" in value) {
      throw new Error(
        `Pulumi.${stack}.yaml: ${key} is a secret, which only the Pulumi engine can read`,
      );
    }
    checkPlain(stack, key, value);
    return JSON.stringify(value);
  }
  return String(value);
}

/** @throws an Error for what JSON has not, and would leave out, write as null, or never come to the end of */
function checkPlain(stack: string, key: string, value: unknown, above: readonly unknown[] = []) {
  const where = `Pulumi.${stack}.yaml: ${key}`;
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new Error(`${where} holds ${value}: write a number that is finite`);
  }
  if (typeof value !== "object" || value === null) return;
  if (above.includes(value)) throw new Error(`${where} holds itself: an alias is below its anchor`);
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) {
    throw new Error(
      `${where} holds a ${value.constructor.name}: write maps, lists, texts, numbers and booleans`,
    );
  }
  for (const part of Object.values(value)) checkPlain(stack, key, part, [...above, value]);
}
