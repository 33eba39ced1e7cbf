import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface RunningProcess {
  pid: number;
  parent: number;
  /** Command line, arguments parted by blanks. */
  command: string;
}

/** What a process of the local cloud is there for. */
export type ProcessKind =
  | "ministack"
  | "function"
  | "spark"
  | "spark's Java"
  | "training"
  | "serving";

const kinds: [ProcessKind, RegExp][] = [
  ["ministack", / -m launcher\b/],
  ["function", /ministack-lambda-.*_worker\.(js|py|mjs)/],
  ["spark", / -m spark_worker\b(?!\.)/],
  ["spark's Java", /\bjava .*-Dspark\./],
  ["training", / -m \w+_container\.train\b/],
  ["serving", / -m \w+_container\.serve\b/],
];

export function kindOf({ command }: RunningProcess): ProcessKind | undefined {
  return kinds.find(([, pattern]) => pattern.test(command))?.[0];
}

/**
 * Processes that belong to the cloud of a state folder: those that descend from this process, and those whose command, working
 * directory or environment names the folder, also when their parent has died.
 */
export function processesOf(stateDir: string, root = process.pid): RunningProcess[] {
  const all = runningProcesses();
  const family = new Set([root]);
  // Parents come before children in no particular order: look until nobody is added.
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.filter((item) => {
    if (item.pid === root) return false;
    return family.has(item.pid) || item.command.includes(stateDir) || names(item.pid, stateDir);
  });
}

/**
 * Those of `before` that run still. Once its parent has died, a process that waits for its first job has nothing on it that says
 * whose it is: only who saw it earlier knows.
 */
export function stillRunning(before: RunningProcess[]): RunningProcess[] {
  const now = new Map(runningProcesses().map(({ pid, command }) => [pid, command]));
  return before.filter(({ pid, command }) => now.get(pid) === command);
}

/** Every process of this machine that can be looked at; zombies have ended and do not count. */
function runningProcesses(): RunningProcess[] {
  if (!existsSync("/proc/self/stat")) return processesByPs();
  return readdirSync("/proc").flatMap((entry): RunningProcess[] => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      // The name, in parentheses, may hold anything: fields are counted after its end.
      const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (state === "Z") return [];
      const command = readFileSync(`/proc/${entry}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      return [{ pid: Number(entry), parent: Number(parent), command }];
    } catch {
      return []; // it ended meanwhile
    }
  });
}

function processesByPs(): RunningProcess[] {
  const output = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" });
  return output.split("\n").flatMap((line): RunningProcess[] => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (command === undefined || state?.startsWith("Z")) return [];
    return [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** Only Linux shows this; where it does not, the command line has to do. */
function names(pid: number, stateDir: string): boolean {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
    return environment.includes(stateDir) || readlinkSync(`/proc/${pid}/cwd`).startsWith(stateDir);
  } catch {
    return false;
  }
}
