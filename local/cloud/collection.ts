import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Records of one kind, by name: in memory, and each in a JSON file of its own that outlives the process. */
export class Collection<T extends object> {
  readonly #folder: string;
  readonly #records = new Map<string, T>();

  /** Reads what an earlier process left in `folder`. */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(folder)) {
      if (!file.endsWith(".json")) continue;
      const record = JSON.parse(readFileSync(join(folder, file), "utf8")) as T;
      this.#records.set(decodeURIComponent(file.slice(0, -".json".length)), record);
    }
  }

  get(name: string): T | undefined {
    return this.#records.get(name);
  }

  values(): T[] {
    return [...this.#records.values()];
  }

  /** Writes the record; a reader sees the old file or the new one, never half of one. */
  put(name: string, record: T): void {
    const file = this.#file(name);
    writeFileSync(`${file}.new`, JSON.stringify(record));
    renameSync(`${file}.new`, file);
    this.#records.set(name, record);
  }

  delete(name: string): void {
    rmSync(this.#file(name), { force: true });
    this.#records.delete(name);
  }

  #file(name: string): string {
    return join(this.#folder, `${encodeURIComponent(name)}.json`);
  }
}
