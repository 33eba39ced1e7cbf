import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A TCP port that a process listens on, or a UDP port that it is bound to. */
export interface ListeningSocket {
  pid: number;
  /** Numeric, without the port: "127.0.0.1", "::", ... */
  address: string;
  port: number;
}

/** What these processes, parents before children, can be reached by. From the kernel's tables; where there are none (macOS), from lsof. */
export function listeningSockets(pids: number[]): ListeningSocket[] {
  return existsSync("/proc/net/tcp") ? fromKernel(pids) : fromLsof(pids);
}

export function isLoopback(address: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(address);
}

/** State of a TCP socket that listens. UDP has 07 for one that is bound and not connected. */
const tables: [string, string][] = [
  ["tcp", "0A"],
  ["tcp6", "0A"],
  ["udp", "07"],
  ["udp6", "07"],
];

function fromKernel(pids: number[]): ListeningSocket[] {
  const owners = new Map(
    // A child shares its parent's sockets until it becomes another program: they are those of who was there first.
    pids.toReversed().flatMap((pid) => socketInodes(pid).map((inode) => [inode, pid] as const)),
  );
  return tables.flatMap(([table, listening]) =>
    readFileSync(`/proc/net/${table}`, "utf8")
      .split("\n")
      .slice(1)
      .flatMap((line): ListeningSocket[] => {
        const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
        const pid = owners.get(inode);
        if (state !== listening || pid === undefined) return [];
        const [address = "", port = ""] = local.split(":");
        return [{ pid, address: spelled(address), port: Number.parseInt(port, 16) }];
      }),
  );
}

function socketInodes(pid: number): string[] {
  try {
    const folder = `/proc/${pid}/fd`;
    const links = readdirSync(folder).map((fd) => readlink(`${folder}/${fd}`));
    return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
  } catch {
    return []; // it ended meanwhile
  }
}

function readlink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ""; // closed meanwhile
  }
}

/** The kernel writes addresses as words of four bytes in the machine's order, which is little-endian wherever Node.js runs on a laptop. */
function spelled(hex: string): string {
  const bytes = Buffer.from(hex, "hex");
  for (let word = 0; word < bytes.length; word += 4) bytes.subarray(word, word + 4).reverse();
  if (bytes.length === 4) return bytes.join(".");
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(2 * i));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${bytes.subarray(12).join(".")}`;
  }
  if (groups.every((group) => group === 0)) return "::";
  if (groups.slice(0, 7).every((group) => group === 0)) return `::${groups[7]?.toString(16)}`;
  return groups.map((group) => group.toString(16)).join(":");
}

function fromLsof(pids: number[]): ListeningSocket[] {
  const output = execFileSync(
    "lsof",
    ["-nP", "-a", "-p", pids.join(","), "-iTCP", "-sTCP:LISTEN", "-Fpn"],
    { encoding: "utf8" },
  );
  let pid = 0;
  return output.split("\n").flatMap((line): ListeningSocket[] => {
    if (line.startsWith("p")) pid = Number(line.slice(1));
    const [, address, port] = /^n\[?(.*?)\]?:(\d+)$/.exec(line) ?? [];
    if (address === undefined) return [];
    return [{ pid, address: address === "*" ? "::" : address, port: Number(port) }];
  });
}
