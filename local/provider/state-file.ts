import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Properties } from "./resource-type.ts";
import { decodeProperties, encodeRecord } from "./wire.ts";

/** A resource that a deployment made. Of secrets only digests are kept, of assets only hashes. */
export interface StoredResource {
  urn: string;
  type: string;
  name: string;
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** Digests of the inputs that are secret, which are neither in `inputs` nor in `outputs`. */
  secretDigests: Record<string, string>;
  /** URNs of all that must be there before it, and go after it. */
  dependencies: string[];
  /** The same by input. */
  propertyDependencies: Record<string, string[]>;
  protect: boolean;
  retainOnDelete: boolean;
}

export interface StackState {
  project: string;
  stack: string;
  /** In the order in which they were made. */
  resources: StoredResource[];
  /** Replaced, and not deleted yet: a deployment was interrupted. */
  pendingDeletes: StoredResource[];
}

const version = 1;

/** What is in a stack, in one JSON file that is written whole or not at all. */
export class StateFile {
  readonly #path: string;
  #writing: Promise<void> | undefined;
  #next: (() => string) | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** An empty stack where there is no file. @throws where the file is of another stack or not readable. */
  async load(place: { project: string; stack: string }): Promise<StackState> {
    const text = await readFile(this.#path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (text === undefined) return { ...place, resources: [], pendingDeletes: [] };
    const stored = parse(text, this.#path);
    if (stored.version !== version) {
      throw new Error(
        `${this.#path} has version ${stored.version}; this program reads ${version}. Delete the state folder and start again`,
      );
    }
    if (stored.project !== place.project || stored.stack !== place.stack) {
      throw new Error(
        `${this.#path} holds stack ${stored.stack} of ${stored.project}, not ${place.stack} of ${place.project}`,
      );
    }
    return {
      ...place,
      resources: stored.resources.map(decodeResource),
      pendingDeletes: stored.pendingDeletes.map(decodeResource),
    };
  }

  /** Writes soon; of saves that come while one is being written, only the last is. */
  save(state: StackState): Promise<void> {
    this.#next = () => serialize(state);
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #write(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const temporary = `${this.#path}.new`;
    while (this.#next !== undefined) {
      const text = this.#next();
      this.#next = undefined;
      await writeFile(temporary, text, { mode: 0o600 });
      await rename(temporary, this.#path);
    }
  }
}

function parse(text: string, path: string) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is no state file: ${(error as Error).message}`);
  }
}

function serialize({ project, stack, resources, pendingDeletes }: StackState): string {
  return `${JSON.stringify(
    {
      version,
      project,
      stack,
      resources: resources.map(encodeResource),
      pendingDeletes: pendingDeletes.map(encodeResource),
    },
    undefined,
    1,
  )}\n`;
}

function encodeResource(resource: StoredResource) {
  return {
    ...resource,
    inputs: encodeRecord(resource.inputs),
    outputs: encodeRecord(resource.outputs),
  };
}

function decodeResource(stored: StoredResource): StoredResource {
  return {
    ...stored,
    inputs: decodeProperties(stored.inputs).values,
    outputs: decodeProperties(stored.outputs).values,
  };
}
