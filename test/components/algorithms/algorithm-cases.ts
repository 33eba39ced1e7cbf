import { expect } from "chai";
import type { Algorithm } from "../../../components/algorithms/algorithm.ts";
import { checkHyperparameters } from "../../../components/algorithms/check-hyperparameters.ts";
import { checkMetric } from "../../../components/algorithms/check-metric.ts";

type Given = Readonly<Record<string, unknown>>;

/** What one change of the example is refused for: the hyperparameter, the rule and the remedy. */
type Refusal = readonly [Given, string, string, string];

interface Cases {
  /** Changes of the example that training takes; `undefined` leaves a hyperparameter out. */
  takes: readonly Given[];
  refuses: readonly Refusal[];
  /** Metrics that a run with such changes emits. */
  emits?: readonly (readonly [Given, string])[];
  /** Metrics that it does not emit, with rule and remedy. */
  lacks?: readonly (readonly [Given, string, string, string])[];
}

/** One test for each case: the algorithm's example with that changed, and nothing else wrong. */
export function describeAlgorithm(algorithm: Algorithm, cases: Cases) {
  const { title, defaultVersion: version } = algorithm;
  const changed = (changes: Given) => {
    const all = { ...algorithm.example.hyperparameters, ...changes };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  };
  const check = (changes: Given) => checkHyperparameters(algorithm, version, changed(changes));
  const run = (changes: Given) => ({
    algorithm,
    version,
    hyperparameters: check(changes).hyperparameters,
  });

  describe(`${title}: hyperparameters and metrics`, () => {
    for (const changes of cases.takes) {
      it(`takes ${show(changes)}`, () => {
        expect(check(changes).problems).to.deep.equal([]);
      });
    }

    for (const [changes, hyperparameter, rule, remedy] of cases.refuses) {
      it(`refuses ${show(changes)}`, () => {
        const found = check(changes).problems.map((problem) => ({
          hyperparameter: problem.hyperparameter,
          rule: problem.rule,
          remedy: problem.remedy,
        }));

        expect(found).to.deep.equal([{ hyperparameter, rule, remedy }]);
      });
    }

    for (const [changes, metric] of cases.emits ?? []) {
      it(`emits ${metric} with ${show(changes)}`, () => {
        expect(check(changes).problems).to.deep.equal([]);
        expect(checkMetric(run(changes), metric)).to.equal(undefined);
      });
    }

    for (const [changes, metric, rule, remedy] of cases.lacks ?? []) {
      it(`lacks ${metric} with ${show(changes)}`, () => {
        expect(check(changes).problems).to.deep.equal([]);
        expect(checkMetric(run(changes), metric)).to.deep.equal({ rule, remedy });
      });
    }
  });
}

function show(changes: Given): string {
  const text = Object.entries(changes).map(
    ([name, value]) => `${name}: ${value === undefined ? "left out" : JSON.stringify(value)}`,
  );
  return text.length === 0 ? "the example" : text.join(", ");
}
