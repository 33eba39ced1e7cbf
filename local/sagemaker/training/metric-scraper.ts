import type { MetricData, MetricDefinition } from "@aws-sdk/client-sagemaker";
import { now, type Wire } from "../../cloud/wire.ts";

/** DescribeTrainingJob shows at most so many. */
const MAX_METRICS = 40;

/** No metric stands in a longer line, and the expressions take quadratic time. */
const MAX_LINE = 2000;

/** Finds metrics in a training job's log and keeps the last value of each. */
export class MetricScraper {
  readonly #patterns: { name: string; pattern: RegExp }[];
  readonly #last = new Map<string, Wire<MetricData>>();
  readonly #seen: (name: string, value: number) => void;

  /** @param seen called with each value that a metric takes */
  constructor(
    definitions: readonly MetricDefinition[],
    seen: (name: string, value: number) => void = () => {},
  ) {
    this.#seen = seen;
    this.#patterns = definitions.map((definition) => ({
      name: definition.Name as string,
      pattern: new RegExp(definition.Regex as string),
    }));
  }

  read(line: string): void {
    if (line.length > MAX_LINE) return;
    for (const { name, pattern } of this.#patterns) {
      const value = Number.parseFloat(pattern.exec(line)?.[1] ?? "");
      // A metric that is not a number at the end is no metric: JSON could not even carry it.
      if (Number.isFinite(value)) {
        this.#last.set(name, { MetricName: name, Value: value, Timestamp: now() });
        this.#seen(name, value);
      }
    }
  }

  /** In the order in which they first appeared. */
  final(): Wire<MetricData>[] {
    return [...this.#last.values()].slice(0, MAX_METRICS);
  }
}
