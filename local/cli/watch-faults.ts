import { open, stat } from "node:fs/promises";
import { type Look, say } from "./watch-runs.ts";

const strike = /the fault (\S+) strikes/;

/**
 * Says of each fault that strikes, as the logs tell of it.
 *
 * @param logFiles of SageMaker and Glue, and of ministack; what they hold already is passed over
 */
export async function watchFaults(logFiles: readonly string[]): Promise<Look> {
  const read = new Map<string, number>();
  for (const file of logFiles) read.set(file, await sizeOf(file));
  return async () => {
    for (const file of logFiles) {
      const from = read.get(file) ?? 0;
      const text = await readFrom(file, from);
      const lines = text.split("\n");
      const unfinished = lines.pop() ?? ""; // its end comes with the next look
      read.set(file, from + Buffer.byteLength(text) - Buffer.byteLength(unfinished));
      for (const line of lines) {
        const name = strike.exec(line)?.[1];
        if (name !== undefined) say(`fault ${name} strikes`);
      }
    }
  };
}

async function readFrom(file: string, from: number): Promise<string> {
  const size = await sizeOf(file);
  if (size <= from) return "";
  const handle = await open(file);
  try {
    const buffer = Buffer.alloc(size - from);
    await handle.read(buffer, 0, buffer.length, from);
    return buffer.toString();
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}
