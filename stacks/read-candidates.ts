import type { ComparisonMetric, ComparisonTask } from "../components/comparison-metrics.ts";
import { maxCandidates } from "../components/comparison-names.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import { legalName } from "./check-entry-name.ts";
import type { CandidateConfig } from "./comparison-config.ts";
import type { Problem } from "./config-error.ts";
import type { Report } from "./config-report.ts";
import { readCandidate } from "./read-candidate.ts";
import { isMapping } from "./section.ts";

/** What candidates are read beside. */
export interface Contest {
  surroundings: { region: string | undefined; projectRoot: string };
  /** `undefined` while it is wrong, as is `metric`. */
  task: ComparisonTask | undefined;
  metric: ComparisonMetric | undefined;
  isBatch: boolean;
}

export interface ReadCandidate {
  key: string;
  choice: AlgorithmChoice;
  /** To be relied on only where no problem was reported. */
  config: CandidateConfig;
}

const fewest = 2;
const keyPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const longestKey = 32;

/** Candidates in the order of config, which numbers them. */
export function readCandidates(
  contest: Contest,
  raw: unknown,
  path: string,
  report: Report,
): ReadCandidate[] {
  const { problems } = report;
  const entries = isMapping(raw) ? Object.entries(raw) : [];
  if (entries.length < fewest || entries.length > maxCandidates) {
    const example = "xgboost: and linear-learner:, each with algorithm and training";
    problems.push({
      path,
      received: isMapping(raw) ? entries.length : (raw ?? undefined),
      rule: `a mapping of ${fewest} to ${maxCandidates} candidates, by name`,
      remedy:
        entries.length > maxCandidates
          ? `remove ${entries.length - maxCandidates}`
          : `write such as ${example}`,
    });
  }
  const read = entries.map(([key, given], index) => {
    const place = `${path}.${key}`;
    checkKey(key, place, problems);
    const number = `c${String(index + 1).padStart(2, "0")}`;
    return readCandidate(contest, { key, number }, given, place, report);
  });
  const candidates = read.filter((candidate) => candidate !== undefined);
  reportTwins(candidates, path, problems);
  return candidates;
}

function checkKey(key: string, path: string, problems: Problem[]) {
  if (keyPattern.test(key) && key.length <= longestKey) return;
  problems.push({
    path,
    received: key,
    rule: `a name of lower-case letters, digits and single hyphens, at most ${longestKey}`,
    remedy: keyPattern.test(key)
      ? `shorten it by ${key.length - longestKey}`
      : `name it ${legalName(key) ?? "xgboost, say"}`,
  });
}

/** One compared with itself never wins. */
function reportTwins(candidates: readonly ReadCandidate[], path: string, problems: Problem[]) {
  const first = new Map<string, string>();
  for (const { key, choice, config } of candidates) {
    if (choice.config === undefined) continue;
    const same = JSON.stringify({ ...config, key: "", number: "" });
    const twin = first.get(same);
    if (twin === undefined) first.set(same, key);
    else {
      problems.push({
        path: `${path}.${key}`,
        received: key,
        rule: `the same as candidate ${twin}: neither can win over the other`,
        remedy: "give it another algorithm or other hyperparameters, or remove it",
      });
    }
  }
}
