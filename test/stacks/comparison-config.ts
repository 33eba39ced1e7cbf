import { expect } from "chai";
import type { CandidateConfig, ComparisonConfig } from "../../stacks/comparison-config.ts";
import { parse, problemsOf } from "./pipeline-config.ts";

type Sections = Record<string, unknown>;

/** XGBoost as config compares it, with sections of the candidate in place of its own. */
export function xgboost(sections: Sections = {}): Sections {
  return {
    algorithm: { name: "xgboost" },
    training: { hyperparameters: { objective: "reg:squarederror", num_round: 50 } },
    ...sections,
  };
}

export function linearLearner(sections: Sections = {}): Sections {
  return {
    algorithm: { name: "linear-learner" },
    training: { hyperparameters: { predictor_type: "regressor" } },
    ...sections,
  };
}

/** The least that a comparison must say. */
export function minimalComparison(): Sections {
  return { task: "regression", candidates: { xgboost: xgboost(), linear: linearLearner() } };
}

/** A stack with that comparison, `abalone`, and nothing else. */
export function parseComparison(sections: Sections = {}): ComparisonConfig {
  const abalone = { ...minimalComparison(), ...sections };
  const [comparison] = parse(undefined, { comparisons: { abalone } }).comparisons;
  if (comparison === undefined) throw new Error("no comparison was read");
  return comparison;
}

export function comparisonWarnings(sections: Sections) {
  const abalone = { ...minimalComparison(), ...sections };
  return parse(undefined, { comparisons: { abalone } }).warnings;
}

/** The first candidate of a comparison where `sections` stand in place of XGBoost. */
export function parseCandidate(sections: Sections, comparison: Sections = {}): CandidateConfig {
  const { candidates } = parseComparison({
    ...comparison,
    candidates: {
      first: sections,
      linear: linearLearner(),
      ...(comparison["candidates"] as object),
    },
  });
  return candidates[0] as CandidateConfig;
}

/** What a comparison has instead, the path below it, the value reported, the rule and the remedy. */
export type ComparisonRefusal = readonly [Sections, string, unknown, string, string];

/** One test for each refusal: that mistake is reported so, and no other. */
export function refusesComparisons(refusals: readonly ComparisonRefusal[]) {
  for (const [sections, path, received, rule, remedy] of refusals) {
    const what = received === undefined ? "nothing" : JSON.stringify(received);
    it(`refuses ${what.slice(0, 70)} for ${path}: ${rule.slice(0, 70)}`, () => {
      expect(problemsOf(() => parseComparison(sections))).to.deep.equal([
        {
          path: path === "" ? "comparisons.abalone" : `comparisons.abalone.${path}`,
          received,
          rule,
          remedy,
        },
      ]);
    });
  }
}
