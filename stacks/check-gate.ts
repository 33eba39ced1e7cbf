import { checkMetric, checkMetricName } from "../components/algorithms/check-metric.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import type { Problem } from "./config-error.ts";
import type { Report } from "./config-report.ts";
import type { Emitted } from "./example-metric.ts";

type Direction = "min" | "max";

interface Gate {
  metric: string;
  direction: Direction | undefined;
  /** Whether the rest of the section is right: what is missing then, is missing. */
  isRead: boolean;
}

/**
 * Whether training reports the metric, and which of its values are the better ones.
 *
 * @param path of the section `validation`
 * @returns the direction, `undefined` where nobody said
 */
export function checkGate(
  choice: AlgorithmChoice,
  emitted: Emitted,
  gate: Gate,
  path: string,
  { problems, warnings }: Report,
): Direction | undefined {
  const { metric, direction, isRead } = gate;
  const own = knownDirection(choice, metric);
  const finding = whyNot(choice, emitted, metric);
  const mayBeNew = finding !== undefined && own === undefined && emitted.mayEmitOthers;
  const place = `${path}.metric`;
  if (finding !== undefined && mayBeNew && direction !== undefined) {
    const message = `the catalogue does not know ${metric}: a run whose training does not report it fails`;
    warnings.push({ path: place, message });
  } else if (finding !== undefined) {
    const { rule, remedy } = finding;
    const otherwise = mayBeNew
      ? "; where it is new, say which way is better, validation.direction"
      : "";
    problems.push({ path: place, received: metric, rule, remedy: `${remedy}${otherwise}` });
  }
  const wrong = checkDirection(choice, own, gate);
  if (wrong !== undefined && (isRead || direction !== undefined)) {
    problems.push({ path: `${path}.direction`, received: direction, ...wrong });
  }
  return own ?? direction;
}

function knownDirection({ catalogued }: AlgorithmChoice, metric: string): Direction | undefined {
  const metrics = catalogued?.algorithm.metrics ?? {};
  return Object.hasOwn(metrics, metric) ? metrics[metric]?.direction : undefined;
}

function whyNot({ catalogued }: AlgorithmChoice, { run }: Emitted, metric: string) {
  if (run !== undefined) return checkMetric(run, metric);
  return catalogued === undefined ? undefined : checkMetricName(catalogued, metric);
}

function checkDirection(
  { config, catalogued }: AlgorithmChoice,
  own: Direction | undefined,
  { metric, direction }: Gate,
): Pick<Problem, "rule" | "remedy"> | undefined {
  if (own !== undefined && direction !== undefined && own !== direction) {
    return {
      rule: `${metric} is better when ${own === "min" ? "smaller" : "greater"}`,
      remedy: "remove direction: the catalogue knows it",
    };
  }
  const isOwnImage = config !== undefined && catalogued === undefined;
  if (!isOwnImage || direction !== undefined) return undefined;
  return {
    rule: "required: nothing is known of the image's metrics",
    remedy: "write direction: min where smaller is better, else max",
  };
}
