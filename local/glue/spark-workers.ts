import { rmSync } from "node:fs";
import { join } from "node:path";
import type { CloudContext } from "../cloud/context.ts";
import { SparkWorker } from "./spark-worker.ts";

/** Runs that go on side by side; each has a Java virtual machine of about 0.7 GB. More wait their turn, STARTING. */
const mostWorkers = 2;

/** Spark processes: one stays warm between runs, a second one comes and goes with the need. */
export class SparkWorkers {
  readonly #context: CloudContext;
  readonly #folder: string;
  readonly #all = new Set<SparkWorker>();
  readonly #idle: SparkWorker[] = [];
  readonly #waiting: ((worker: SparkWorker) => void)[] = [];
  #started = 0;
  #closed = false;

  /** @param folder what an earlier process left in it is removed */
  constructor(context: CloudContext, folder: string) {
    this.#context = context;
    this.#folder = folder;
    rmSync(folder, { recursive: true, force: true });
  }

  async warmUp(): Promise<void> {
    if (this.#all.size === 0) this.#idle.push(this.#start());
    await this.#idle[0]?.ready;
  }

  /** A worker for one run; to be given back, or killed. */
  async take(): Promise<SparkWorker> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#all.size < mostWorkers) return this.#start();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** After a run that ended by itself. */
  giveBack(worker: SparkWorker): void {
    if (!this.#all.has(worker)) return; // It ended by itself meanwhile.
    const next = this.#waiting.shift();
    if (next) next(worker);
    else if (this.#idle.length === 0 && !this.#closed) this.#idle.push(worker);
    else void worker.kill();
  }

  /** After a run that was ended; another worker is started in its place, so that the next run finds it warm. */
  async kill(worker: SparkWorker): Promise<void> {
    await worker.kill();
    if (this.#closed) return;
    if (this.#waiting.length > 0) this.#waiting.shift()?.(this.#start());
    else if (this.#all.size === 0) this.#idle.push(this.#start());
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((worker) => worker.kill()));
  }

  #start(): SparkWorker {
    this.#started += 1;
    const worker = new SparkWorker(this.#context, join(this.#folder, String(this.#started)));
    this.#all.add(worker);
    worker.ended.then((reason) => {
      this.#all.delete(worker);
      const place = this.#idle.indexOf(worker);
      if (place < 0) return;
      this.#idle.splice(place, 1);
      if (!this.#closed) this.#context.log(`glue: ${reason}`);
    });
    return worker;
  }
}
