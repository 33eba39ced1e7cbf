import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { kindOf, type RunningProcess } from "./processes.ts";

/** Files below `folder` that hold the text, plain or in base64, wherever in the file: paths relative to the folder. */
export async function filesWith(folder: string, text: string): Promise<string[]> {
  const wanted = spellings(text);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const found: string[] = [];
  for (const file of files) {
    if (await holds(file, wanted)) found.push(relative(folder, file));
  }
  return found;
}

/**
 * Processes whose arguments hold the text, and those of the cloud whose environment does: a tool that the command itself runs
 * (esbuild, when handlers have changed) has the command's. Other systems than Linux show arguments alone.
 */
export function processesWith(processes: RunningProcess[], text: string): string[] {
  const wanted = spellings(text);
  return processes
    .filter((item) => {
      const environment = kindOf(item) === undefined ? "" : environmentOf(item.pid);
      return includesAny(Buffer.from(`${item.command}\0${environment}`), wanted);
    })
    .map(({ command }) => command.slice(0, 80));
}

export function includesText(output: string, text: string): boolean {
  return includesAny(Buffer.from(output), spellings(text));
}

/** In base64 a text has three spellings, by its place; what stands beside it changes the outermost characters. */
function spellings(text: string): Buffer[] {
  const encoded = [0, 1, 2].map((offset) =>
    Buffer.from(`${" ".repeat(offset)}${text}`)
      .toString("base64")
      .slice(offset === 0 ? 0 : 4, -4),
  );
  return [text, ...encoded].map((spelling) => Buffer.from(spelling));
}

async function holds(file: string, wanted: Buffer[]): Promise<boolean> {
  const overlap = Math.max(...wanted.map(({ length }) => length));
  let tail = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(file)) {
      const part = Buffer.concat([tail, chunk as Buffer]);
      if (includesAny(part, wanted)) return true;
      tail = part.subarray(-overlap);
    }
  } catch (error) {
    // A temporary file that went away meanwhile.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return false;
}

function includesAny(bytes: Buffer, wanted: Buffer[]): boolean {
  return wanted.some((text) => bytes.includes(text));
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return "";
  }
}
