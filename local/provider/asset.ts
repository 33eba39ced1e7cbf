import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { unzipSync, type Zippable, zipSync } from "fflate";

/** Content that is no longer at hand, only what it was: the form in which state is kept. */
interface Recorded {
  hash: string;
}

/** One file: Pulumi's StringAsset and FileAsset. */
export class Asset {
  readonly #content: { text: string } | { path: string } | Recorded;
  #hash: string | undefined;

  /** @param hash what the engine says of the content: state may name a file that has changed since */
  constructor(content: { text: string } | { path: string } | Recorded, hash?: string) {
    this.#content = content;
    this.#hash = "hash" in content ? content.hash : hash;
  }

  /** SHA-256 of the bytes, hexadecimal. */
  get hash(): string {
    this.#hash ??= sha256(this.bytes());
    return this.#hash;
  }

  /** @throws when the file cannot be read. */
  bytes(): Uint8Array<ArrayBuffer> {
    if ("text" in this.#content) return new TextEncoder().encode(this.#content.text);
    if ("path" in this.#content) return new Uint8Array(readFileSync(this.#content.path));
    throw new Error("the content of an asset in state is not kept, only its hash");
  }
}

type ArchiveContent = { assets: Record<string, Asset | Archive> } | { path: string } | Recorded;

/** Files by name: Pulumi's AssetArchive and FileArchive (a folder or a .zip file). */
export class Archive {
  readonly #content: ArchiveContent;
  #hash: string | undefined;

  /** @param hash what the engine says of the content: state may name files that have changed since */
  constructor(content: ArchiveContent, hash?: string) {
    this.#content = content;
    this.#hash = "hash" in content ? content.hash : hash;
  }

  /** The engine's, or SHA-256 over names and bytes, hexadecimal: the same for the same files in whatever form they were given. */
  get hash(): string {
    this.#hash ??= sha256(
      Buffer.from(
        this.files()
          .map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`)
          .join(""),
      ),
    );
    return this.#hash;
  }

  /**
   * The same bytes for the same files: sorted names, one date, one mode.
   *
   * @throws when a file cannot be read.
   */
  zip(): Uint8Array<ArrayBuffer> {
    // 1980 in local time: a ZIP date has no time zone, and is written from local time.
    const options = { mtime: new Date(1980, 0, 1), os: 3, attrs: 0o644 << 16 } as const;
    const files: Zippable = {};
    for (const [name, bytes] of this.files()) files[name] = [bytes, options];
    return zipSync(files);
  }

  private files(): [name: string, bytes: Uint8Array][] {
    const found = "assets" in this.#content ? assetFiles(this.#content.assets) : this.pathFiles();
    return found.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private pathFiles(): [string, Uint8Array][] {
    if (!("path" in this.#content)) {
      throw new Error("the content of an archive in state is not kept, only its hash");
    }
    const { path } = this.#content;
    if (statSync(path).isDirectory()) return folderFiles(path);
    if (path.endsWith(".zip")) return Object.entries(unzipSync(readFileSync(path)));
    throw new Error(
      `${path} is no archive that the local provider can read: give a folder or a .zip file`,
    );
  }
}

function assetFiles(assets: Record<string, Asset | Archive>): [string, Uint8Array][] {
  return Object.entries(assets).flatMap(([name, item]): [string, Uint8Array][] =>
    item instanceof Asset
      ? [[name, item.bytes()]]
      : item["files"]().map(([inner, bytes]) => [`${name}/${inner}`, bytes]),
  );
}

function folderFiles(folder: string): [string, Uint8Array][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [
        path
          .slice(folder.length)
          .replace(/^[/\\]+/, "")
          .replaceAll("\\", "/"),
        readFileSync(path),
      ];
    });
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
