import { join } from "node:path";
import type { CloudContext } from "../cloud/context.ts";
import { removeFolderSync } from "../processes/remove-folder.ts";
import { SparkWorker } from "./spark-worker.ts";

/** Runs that go on side by side; each has a Java virtual machine of about 0.7 GB. More wait their turn, STARTING. */
const mostWorkers = 2;

interface Waiting {
  heapMegabytes: number;
  give(worker: SparkWorker): void;
}

/** Spark processes: one stays warm between runs, a second one comes and goes with the need. A run has one with the heap it asks for. */
export class SparkWorkers {
  readonly #context: CloudContext;
  readonly #folder: string;
  readonly #all = new Set<SparkWorker>();
  readonly #idle: SparkWorker[] = [];
  readonly #waiting: Waiting[] = [];
  #started = 0;
  #closed = false;

  /** @param folder what an earlier process left in it is removed */
  constructor(context: CloudContext, folder: string) {
    this.#context = context;
    this.#folder = folder;
    removeFolderSync(folder);
  }

  async warmUp(heapMegabytes: number): Promise<void> {
    if (this.#all.size === 0) this.#idle.push(this.#start(heapMegabytes));
    await this.#idle[0]?.ready;
  }

  /** A worker for one run; to be given back, or killed. */
  async take(heapMegabytes: number): Promise<SparkWorker> {
    const place = this.#idle.findIndex((worker) => worker.heapMegabytes === heapMegabytes);
    const [fitting] = place < 0 ? [] : this.#idle.splice(place, 1);
    if (fitting) return fitting;
    if (this.#all.size < mostWorkers) return this.#start(heapMegabytes);
    const other = this.#idle.pop();
    if (!other) {
      return new Promise((give) => this.#waiting.push({ heapMegabytes, give }));
    }
    await other.kill();
    return this.take(heapMegabytes);
  }

  /** After a run that ended by itself. */
  giveBack(worker: SparkWorker): void {
    const next = this.#waiting[0];
    if (!this.#all.has(worker))
      this.#serveNext(); // It ended by itself meanwhile.
    else if (next?.heapMegabytes === worker.heapMegabytes) this.#waiting.shift()?.give(worker);
    else if (!next && this.#idle.length === 0 && !this.#closed) this.#idle.push(worker);
    else void worker.kill().then(() => this.#serveNext());
  }

  /** After a run that was ended; another worker is started in its place, so that the next run finds it warm. */
  async kill(worker: SparkWorker): Promise<void> {
    await worker.kill();
    if (this.#closed) return;
    if (this.#waiting.length > 0) this.#serveNext();
    else if (this.#all.size === 0) this.#idle.push(this.#start(worker.heapMegabytes));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((worker) => worker.kill()));
  }

  #serveNext(): void {
    if (this.#closed || this.#all.size >= mostWorkers) return;
    const next = this.#waiting.shift();
    next?.give(this.#start(next.heapMegabytes));
  }

  #start(heapMegabytes: number): SparkWorker {
    this.#started += 1;
    const folder = join(this.#folder, String(this.#started));
    const worker = new SparkWorker(this.#context, folder, heapMegabytes);
    this.#all.add(worker);
    void worker.ended.then((reason) => {
      this.#all.delete(worker);
      const place = this.#idle.indexOf(worker);
      if (place < 0) return;
      this.#idle.splice(place, 1);
      if (!this.#closed) this.#context.log(`glue: ${reason}`);
    });
    return worker;
  }
}
