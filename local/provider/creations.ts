import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A resource that was about to be made, under the name that it has in AWS. */
interface Creation {
  urn: string;
  type: string;
  name: string;
}

/**
 * What was made for whom, each in a file of its own that is written before the call. A front end that is killed before it has a
 * new resource in its state makes it again: then it is known that the one that stands in the way is its own.
 */
export class Creations {
  readonly #folder: string | undefined;

  /** @param stateDir of the cloud; undefined: nothing is kept, and whatever stands in the way is somebody else's */
  constructor(stateDir: string | undefined) {
    this.#folder = stateDir && join(stateDir, "creations");
  }

  async begin(creation: Creation): Promise<void> {
    if (this.#folder === undefined) return;
    await mkdir(this.#folder, { recursive: true });
    const file = this.#file(this.#folder, creation.urn);
    await writeFile(`${file}.new`, JSON.stringify(creation));
    await rename(`${file}.new`, file);
  }

  /** Whether this was made, or begun, for the same resource of a program before. */
  async has({ urn, type, name }: Creation): Promise<boolean> {
    const found = await this.#read(urn);
    return found?.type === type && found.name === name;
  }

  /** Forgets what was deleted. */
  async end(urn: string, name: string): Promise<void> {
    if (this.#folder === undefined) return;
    if ((await this.#read(urn))?.name === name) await rm(this.#file(this.#folder, urn));
  }

  async #read(urn: string): Promise<Creation | undefined> {
    if (this.#folder === undefined) return undefined;
    const text = await readFile(this.#file(this.#folder, urn), "utf8").catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as Creation);
  }

  #file(folder: string, urn: string): string {
    return join(folder, `${createHash("sha256").update(urn).digest("hex").slice(0, 32)}.json`);
  }
}
