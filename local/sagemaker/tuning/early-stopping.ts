import type {
  HyperParameterTrainingJobDefinition,
  HyperParameterTuningJobConfig,
} from "@aws-sdk/client-sagemaker";
import { maxResourceOf } from "./hyperband-resources.ts";
import { type Curve, hyperbandStops, isBelowMedian } from "./stop-rules.ts";

/** Follows the objective of each training job of a tuning job, and says which are to be stopped before their end. */
export class EarlyStopping {
  readonly #curves = new Map<string, number[]>();
  readonly #isCompleted: (name: string) => boolean;
  readonly #stops: (own: Curve, others: readonly [string, Curve][]) => boolean;

  /** @param isCompleted whether a training job came to its own end */
  constructor(
    config: HyperParameterTuningJobConfig,
    definition: HyperParameterTrainingJobDefinition,
    isCompleted: (name: string) => boolean,
  ) {
    this.#isCompleted = isCompleted;
    this.#stops = this.#rule(config, definition);
  }

  /**
   * Takes a training job's loss after its next epoch.
   * @returns whether the job is to be stopped
   */
  observe(name: string, loss: number): boolean {
    const own = this.#curves.get(name) ?? [];
    this.#curves.set(name, own);
    own.push(loss);
    return this.#stops(
      own,
      [...this.#curves].filter(([other]) => other !== name),
    );
  }

  #rule(
    config: HyperParameterTuningJobConfig,
    definition: HyperParameterTrainingJobDefinition,
  ): (own: Curve, others: readonly [string, Curve][]) => boolean {
    if (config.Strategy === "Hyperband") {
      const resources = {
        minResource: config.StrategyConfig?.HyperbandStrategyConfig?.MinResource ?? 1,
        maxResource: maxResourceOf(config, definition) as number,
      };
      return (own, others) =>
        hyperbandStops(
          own,
          others.map(([, curve]) => curve),
          resources,
        );
    }
    if (config.TrainingJobEarlyStoppingType !== "Auto") return () => false;
    return (own, others) =>
      isBelowMedian(
        own,
        others.filter(([name]) => this.#isCompleted(name)).map(([, curve]) => curve),
      );
  }
}
