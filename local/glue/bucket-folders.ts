import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  type S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { forEachConcurrently } from "../../handlers/for-each-concurrently.ts";
import { parseS3Uri, type S3Location } from "./s3-uri.ts";

/** Transfers at the same time. */
const transfersAtOnce = 8;

export interface BucketAccess {
  /** Of the run's role: whatever is read or written goes through it. */
  role: S3Client;
  /** Of the local cloud: what buckets there are, which a script need not know. */
  own: S3Client;
}

/** Folders that stand for buckets during one run: objects that the run's arguments name go in, what the run wrote goes out. */
export class BucketFolders {
  readonly #s3: S3Client;
  readonly #own: S3Client;
  readonly #folder: string;
  /** Objects that are in the folders, and what they looked like when they came. */
  readonly #staged = new Map<string, { location: S3Location; state: string }>();
  /** Folder by bucket. */
  readonly folders: Record<string, string> = {};

  constructor({ role, own }: BucketAccess, folder: string) {
    this.#s3 = role;
    this.#own = own;
    this.#folder = folder;
  }

  /** Makes a folder for every bucket, and brings what the values name that are `s3://` URIs: one object, or all below a prefix. */
  async stage(values: readonly string[]): Promise<void> {
    const { Buckets: buckets = [] } = await this.#own.send(new ListBucketsCommand({}));
    for (const { Name: name } of buckets) {
      if (name === undefined) continue;
      this.folders[name] = join(this.#folder, name);
      await mkdir(join(this.#folder, name), { recursive: true });
    }
    const locations = values.flatMap((value) => parseS3Uri(value) ?? []);
    const known = locations.filter(({ bucket, key }) => bucket in this.folders && key !== "");
    const keys = await Promise.all(known.map((location) => this.#named(location)));
    const unique = new Map(keys.flat().map((found) => [`${found.bucket}/${found.key}`, found]));
    await forEachConcurrently(transfersAtOnce, unique.values(), (location) =>
      this.#bring(location),
    );
  }

  /** Brings S3 to what the folders hold: uploads what is new or changed, deletes what was deleted. */
  async upload(): Promise<void> {
    const present = new Set<string>();
    const changed: { location: S3Location; file: string }[] = [];
    for (const [bucket, folder] of Object.entries(this.folders)) {
      for (const key of await filesBelow(folder)) {
        const file = join(folder, key);
        present.add(file);
        if (this.#staged.get(file)?.state !== (await stateOf(file))) {
          changed.push({ location: { bucket, key }, file });
        }
      }
    }
    // The marker that tells readers "complete" comes after what it speaks of.
    const isMarker = ({ file }: { file: string }): boolean => file.endsWith("/_SUCCESS");
    const rest = changed.filter((item) => !isMarker(item));
    await forEachConcurrently(transfersAtOnce, rest, (item) => this.#put(item));
    await forEachConcurrently(transfersAtOnce, changed.filter(isMarker), (item) => this.#put(item));
    const deleted = [...this.#staged].filter(([file]) => !present.has(file));
    await forEachConcurrently(transfersAtOnce, deleted, async ([, { location }]) => {
      const { bucket, key } = location;
      await this.#s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    });
  }

  /** The object of this key if there is one, else those below it as a folder. */
  async #named({ bucket, key }: S3Location): Promise<S3Location[]> {
    const folder = key.endsWith("/") ? key : `${key}/`;
    const found: S3Location[] = [];
    let token: string | undefined;
    do {
      const page = await this.#s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: key, ContinuationToken: token }),
      );
      for (const { Key: other = "" } of page.Contents ?? []) {
        // An object sorts before those below it: S3 lists by key.
        if (other === key && !key.endsWith("/")) return [{ bucket, key }];
        if (other.startsWith(folder) && !other.endsWith("/")) found.push({ bucket, key: other });
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return found;
  }

  async #bring(location: S3Location): Promise<void> {
    const { bucket, key } = location;
    const file = join(this.folders[bucket] as string, key);
    if (key.split("/").some((part) => part === "" || part === "." || part === "..")) {
      throw new Error(
        `s3://${bucket}/${key}: a key with an empty part, "." or ".." is no path here`,
      );
    }
    await downloadObject(this.#s3, location, file);
    this.#staged.set(file, { location, state: await stateOf(file) });
  }

  async #put({
    location: { bucket, key },
    file,
  }: {
    location: S3Location;
    file: string;
  }): Promise<void> {
    const params = { Bucket: bucket, Key: key, Body: createReadStream(file) };
    await new Upload({ client: this.#s3, params }).done();
  }
}

/** Streams an object into a file, whose folder is made. */
export async function downloadObject(
  s3: S3Client,
  { bucket, key }: S3Location,
  file: string,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  await pipeline(object.Body as Readable, createWriteStream(file));
}

/** Tells a file that was written again from the one that came. */
async function stateOf(file: string): Promise<string> {
  const { size, mtimeNs, ino } = await stat(file, { bigint: true });
  return `${size} ${mtimeNs} ${ino}`;
}

/** Paths of the files below a folder, relative to it. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
