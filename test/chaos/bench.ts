import type { Experiment } from "./experiment.ts";
import { ExperimentCloud } from "./experiment-cloud.ts";

export interface Outcome {
  experiment: Experiment;
  /** What was seen, or why nothing could be. */
  seen: string;
  holds: boolean;
  /** Where the experiment itself did not work out. */
  error?: Error;
  /** The start of a cloud of its own included. */
  seconds: number;
}

/** Runs experiments one after the other. Those that need no cloud of their own share one, which starts with the first of them. */
export class Bench {
  #shared: Promise<ExperimentCloud> | undefined;

  async perform(experiment: Experiment): Promise<Outcome> {
    const started = Date.now();
    const result = await this.#run(experiment).catch((error: Error) => error);
    const seconds = (Date.now() - started) / 1000;
    // What went another way may have left runs or faults behind: the next experiment begins with a cloud that knows of none.
    if (result !== experiment.expected) await this.stop();
    if (result instanceof Error) {
      const seen = `error: ${result.message}`;
      return { experiment, seen, holds: false, error: result, seconds };
    }
    return { experiment, seen: result, holds: result === experiment.expected, seconds };
  }

  async stop(): Promise<void> {
    const shared = this.#shared;
    this.#shared = undefined;
    // A cloud that did not start has failed its experiments already.
    await shared?.then(
      (cloud) => cloud.stop(),
      () => {},
    );
  }

  async #run(experiment: Experiment): Promise<string> {
    if (!("standalone" in experiment) && experiment.ownCloud === undefined) {
      this.#shared ??= ExperimentCloud.start();
      return experiment.run(await this.#shared);
    }
    // Two clouds at once would share two cores, and whose process is whose could not be told.
    await this.stop();
    if ("standalone" in experiment) return experiment.run();
    const own = await ExperimentCloud.start(experiment.ownCloud);
    try {
      return await experiment.run(own);
    } finally {
      await own.stop();
    }
  }
}

/** Those that share a cloud first, so that it starts once. */
export function inOrder(experiments: Experiment[]): Experiment[] {
  const own = (item: Experiment) => ("standalone" in item || item.ownCloud ? 1 : 0);
  return experiments.toSorted((a, b) => own(a) - own(b));
}
