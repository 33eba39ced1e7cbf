import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { parseStackConfig, type RawStackConfig, type StackConfig } from "../../stacks/config.ts";
import { ConfigError, type Problem } from "../../stacks/config-error.ts";

/** The least that a pipeline must say: ten lines of YAML. */
export function minimalPipeline() {
  return {
    algorithm: { name: "xgboost" },
    etl: { script: "glue/churn_etl.py" },
    training: {
      hyperparameters: { objective: "binary:logistic", num_round: 100, eval_metric: "error" },
    },
    validation: { metric: "validation:error", threshold: 0.1 },
  };
}

/** The stack of this repository with these pipelines, or another part replaced. */
export function parse(pipelines: unknown, replaced: Partial<RawStackConfig> = {}): StackConfig {
  const projectRoot = fileURLToPath(new URL("../..", import.meta.url));
  return parseStackConfig({
    stack: "dev",
    region: "us-east-2",
    pipelines,
    projectRoot,
    ...replaced,
  });
}

/** One pipeline `churn`: the minimal one with `sections` instead of its own. */
export function parsePipeline(sections: Record<string, unknown>) {
  return parse({ churn: { ...minimalPipeline(), ...sections } }).pipelines[0];
}

/** What is said about such a pipeline that may still be meant. */
export function warningsOf(sections: Record<string, unknown>) {
  return parse({ churn: { ...minimalPipeline(), ...sections } }).warnings;
}

/** The mistakes that `program` reports; fails where it reports none. */
export function problemsOf(program: () => unknown): readonly Problem[] {
  try {
    program();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error("nothing was reported");
}

/** What a pipeline has instead, the path below the pipeline, the value reported, the rule and the remedy. */
export type Refusal = readonly [Record<string, unknown>, string, unknown, string, string];

/** One test for each refusal: that mistake is reported so, and no other. */
export function refuses(refusals: readonly Refusal[]) {
  for (const [sections, path, received, rule, remedy] of refusals) {
    const what = received === undefined ? "nothing" : JSON.stringify(received);
    it(`refuses ${what.slice(0, 70)} for ${path}: ${rule.slice(0, 70)}`, () => {
      expect(problemsOf(() => parsePipeline(sections))).to.deep.equal([
        { path: `pipelines.churn.${path}`, received, rule, remedy },
      ]);
    });
  }
}
