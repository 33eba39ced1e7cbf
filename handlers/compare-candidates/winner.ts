import type { ComparisonMetric } from "../../components/comparison-metrics.ts";
import { type Interval, interval, type Resampled } from "./bootstrap.ts";
import { gain } from "./scores.ts";

export interface Contender {
  key: string;
  /** Scores in the metric that decides. */
  resampled: Resampled;
  /** What its training cost: money where prices are known for all, else instance seconds. Only compared. */
  cost: number;
}

export interface WinnerRules {
  metric: ComparisonMetric;
  /** Least gain that is worth a change, in the metric's unit. */
  margin: number;
  confidence: number;
}

/** The best candidate against one other. */
export interface Comparison {
  against: string;
  /** By how much the best one is better: positive in its favour. */
  gain: number;
  interval: Interval | null;
  /** Whether the interval lies above 0 and the gain reaches the margin. */
  clear: boolean;
}

export interface Verdict {
  outcome: "winner" | "no clear winner";
  /** The candidate that wins; null without one. */
  winner: string | null;
  /** Best score, clear or not. */
  best: string;
  comparisons: Comparison[];
  /** The best one against a guess that knows no features. */
  againstBaseline: Comparison;
  /** Cheapest of those that the best one does not clearly beat; what to take where no one wins. */
  cheapest: string;
  /** A sentence. */
  reason: string;
}

/** What a guess without features is called in comparisons. */
export const baselineName = "baseline";

/**
 * Who wins: the candidate with the best score, if it is clearly better than every other one, and than the baseline.
 *
 * With several others each interval is widened (Bonferroni), so that the chance of being wrong about any of them is what was
 * asked for: of twenty equal models one would look better by chance. Equal scores: the first in `contenders` is the best,
 * and is never clearly so.
 */
export function decide(
  contenders: readonly Contender[],
  baseline: Resampled,
  rules: WinnerRules,
): Verdict {
  const [best, ...others] = ranked(contenders, rules.metric);
  if (best === undefined || others.length === 0) throw new Error("two contenders are needed");
  const confidence = 1 - (1 - rules.confidence) / others.length;
  const comparisons = others.map((other) =>
    compare(best, other.key, other.resampled, { ...rules, confidence }),
  );
  const againstBaseline = compare(best, baselineName, baseline, { ...rules, margin: 0 });
  const unclear = comparisons.filter(({ clear }) => !clear);
  const wins = unclear.length === 0 && againstBaseline.clear;
  const equals = [
    best,
    ...others.filter(({ key }) => unclear.some(({ against }) => against === key)),
  ];
  return {
    outcome: wins ? "winner" : "no clear winner",
    winner: wins ? best.key : null,
    best: best.key,
    comparisons,
    againstBaseline,
    cheapest: equals.reduce((low, each) => (each.cost < low.cost ? each : low)).key,
    reason: reasonOf(best.key, unclear, againstBaseline, rules),
  };
}

function ranked(contenders: readonly Contender[], metric: ComparisonMetric): Contender[] {
  return [...contenders].sort((a, b) => gain(metric, b.resampled, a.resampled).value);
}

function compare(
  best: Contender,
  against: string,
  other: Resampled,
  { metric, margin, confidence }: WinnerRules,
): Comparison {
  const by = gain(metric, best.resampled, other);
  const range = interval(by, confidence) ?? null;
  return {
    against,
    gain: by.value,
    interval: range,
    clear: range !== null && range.low > 0 && by.value >= margin,
  };
}

function reasonOf(
  best: string,
  unclear: readonly Comparison[],
  againstBaseline: Comparison,
  { margin }: WinnerRules,
): string {
  if (!againstBaseline.clear) {
    return `${best} is not clearly better than a guess that knows no features`;
  }
  if (unclear.length === 0) return `${best} is clearly better than every other candidate`;
  const close = unclear.filter(({ interval: range }) => range !== null && range.low > 0);
  const [first] = unclear;
  if (close.length === unclear.length) {
    return `${best} is better than ${first?.against}, but by less than the margin of ${margin}`;
  }
  const names = unclear.map(({ against }) => against).join(", ");
  return `${best} has the best score, but may be better than ${names} by chance alone`;
}
