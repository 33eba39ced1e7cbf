import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

const BLOCK = 512;
const deflate = promisify(gzip);
const inflate = promisify(gunzip);

/**
 * A .tar.gz of a folder's files, paths relative to it. The same files give the same bytes: sorted, without
 * times and owners.
 */
export async function packFolder(folder: string): Promise<Buffer> {
  const blocks: Buffer[] = [];
  for (const path of await filesBelow(folder)) {
    const content = await readFile(join(folder, path));
    blocks.push(header(path, content.length), content, padding(content.length));
  }
  blocks.push(Buffer.alloc(2 * BLOCK));
  return deflate(Buffer.concat(blocks));
}

/** Files of a folder and of those below it, sorted; none where a container removed the folder. */
export async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/**
 * Writes the files of a .tar.gz below `folder`.
 * @throws Error when it is no gzip, no tar, or has a path that leaves the folder
 */
export async function unpackArchive(archive: Buffer, folder: string): Promise<void> {
  const tar = await inflate(archive);
  let longPath: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const head = tar.subarray(at, at + BLOCK);
    if (head.every((byte) => byte === 0)) return;
    checkSum(head);
    const size = octal(head, 124, 12);
    const content = tar.subarray(at + BLOCK, at + BLOCK + size);
    if (content.length < size) throw new Error("the tar archive ends within a file");
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(head[156] as number);
    if (type === "x") {
      longPath = paxPath(content) ?? longPath;
    } else if (type === "L") {
      longPath = text(content, 0, content.length);
    } else if (type === "0" || type === "\0") {
      await writeBelow(folder, longPath ?? pathIn(head), content);
      longPath = undefined;
    } else if (type !== "5" && type !== "g") {
      throw new Error(`${pathIn(head)} is neither file nor folder (tar type ${type})`);
    } else {
      longPath = undefined;
    }
  }
  throw new Error("the tar archive has no end");
}

async function writeBelow(folder: string, path: string, content: Buffer): Promise<void> {
  const relative = normalize(path);
  if (relative.startsWith("/") || relative.startsWith("..")) {
    throw new Error(`the path ${path} leaves the archive`);
  }
  const file = join(folder, relative);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

function header(path: string, size: number): Buffer {
  const head = Buffer.alloc(BLOCK);
  const [prefix, name] = split(path);
  head.write(name, 0);
  head.write("0000644\0", 100);
  head.write("0000000\0", 108);
  head.write("0000000\0", 116);
  head.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  head.write("00000000000\0", 136);
  head.write("        ", 148);
  head.write("0", 156);
  head.write("ustar\x0000", 257);
  head.write(prefix, 345);
  head.write(`${sum(head).toString(8).padStart(6, "0")}\0 `, 148);
  return head;
}

/** A ustar header has 155 bytes for the folders and 100 for the rest. */
function split(path: string): [string, string] {
  if (Buffer.byteLength(path) <= 100) return ["", path];
  for (let cut = path.indexOf("/"); cut !== -1; cut = path.indexOf("/", cut + 1)) {
    const [prefix, name] = [path.slice(0, cut), path.slice(cut + 1)];
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(name) <= 100) return [prefix, name];
  }
  throw new Error(`the path ${path} is too long for a tar archive`);
}

function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

function checkSum(head: Buffer): void {
  const blank = Buffer.from(head);
  blank.fill(" ", 148, 156);
  if (octal(head, 148, 8) !== sum(blank)) throw new Error("not a tar archive");
}

function sum(bytes: Buffer): number {
  return bytes.reduce((total, byte) => total + byte, 0);
}

function pathIn(head: Buffer): string {
  const prefix = text(head, 257, 5) === "ustar" ? text(head, 345, 155) : "";
  return prefix === "" ? text(head, 0, 100) : `${prefix}/${text(head, 0, 100)}`;
}

/** `path` of a pax header: records `<length> <key>=<value>\n`. */
function paxPath(content: Buffer): string | undefined {
  return /^\d+ path=(.*)$/m.exec(content.toString("utf8"))?.[1];
}

function octal(bytes: Buffer, start: number, length: number): number {
  const value = Number.parseInt(text(bytes, start, length).trim() || "0", 8);
  if (Number.isNaN(value)) throw new Error("not a tar archive");
  return value;
}

function text(bytes: Buffer, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? length : end).toString("utf8");
}
