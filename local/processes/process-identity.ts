import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/**
 * When the process began, in words of the system's own, to tell it from a later one of the same id; undefined where no process
 * has the id.
 */
export async function startOfProcess(pid: number): Promise<string | undefined> {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The name, in parentheses, may hold anything. The start is the 22nd field: ticks since the machine's own.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields !== undefined) return fields[0] === "Z" ? undefined : fields[19];
  if (process.platform === "linux") return undefined;
  const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)]).catch(
    () => ({ stdout: "" }),
  );
  return stdout.trim() || undefined;
}
