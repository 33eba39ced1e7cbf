import { expect } from "chai";
import fc from "fast-check";
import type { Algorithm } from "../../../components/algorithms/algorithm.ts";
import { checkContentType } from "../../../components/algorithms/check-content-type.ts";
import { checkHyperparameters } from "../../../components/algorithms/check-hyperparameters.ts";
import { checkInstances } from "../../../components/algorithms/check-instances.ts";
import { checkMetric } from "../../../components/algorithms/check-metric.ts";
import type { NumberSpec } from "../../../components/algorithms/hyperparameter-spec.ts";
import { algorithms } from "../../../components/algorithms/index.ts";
import { isMemberOf } from "./is-member-of.ts";

const every: readonly Algorithm[] = Object.values(algorithms);
/** By name: counterexamples are short then. */
const algorithm = fc
  .constantFrom(...every.map(({ name }) => name))
  .map((name) => every.find((one) => one.name === name) as Algorithm);

const numbers = every.flatMap((one) =>
  Object.entries(one.hyperparameters).flatMap(([name, spec]) =>
    spec.type === "integer" || spec.type === "float" ? [{ of: one, name, spec }] : [],
  ),
);

/** The same bounds in another form than the check has them. */
function isWithin({ type, min, max, above, below }: NumberSpec, value: number): boolean {
  const isKind = type === "float" || Number.isInteger(value);
  const isLow = (min !== undefined && value < min) || (above !== undefined && value <= above);
  const isHigh = (max !== undefined && value > max) || (below !== undefined && value >= below);
  return isKind && !isLow && !isHigh;
}

/** What config may hold under a name: sound and unsound. */
const anyValue = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.string(),
  fc.constantFrom("auto", "", "True", "[1]", '["msd"]', "1,2", "s3://bucket/", null),
  fc.array(fc.oneof(fc.integer(), fc.string())),
);

/** An algorithm and hyperparameters under its own names, and under none of them. */
const anyRun = algorithm.chain((one) =>
  fc.record({
    algorithm: fc.constant(one),
    given: fc.dictionary(
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...Object.keys(one.hyperparameters)) },
        fc.string(),
      ),
      anyValue,
      { maxKeys: 12, noNullPrototype: true },
    ),
  }),
);

describe("numbers of the catalogue", () => {
  it("are taken within their bounds, and refused beyond them", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...numbers),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        ({ of, spec }, any) => {
          const ends = [spec.min, spec.max, spec.above, spec.below].filter(
            (end) => end !== undefined,
          );
          const near = ends.flatMap((end) => [end - 1, end - 1e-9, end, end + 1e-9, end + 1]);
          for (const value of [...near, Math.trunc(any % 1e6), any % 1e6]) {
            const text = value.toFixed(12).replace(/\.?0+$/, "");

            expect(isMemberOf(of, spec, text), `${text} for ${JSON.stringify(spec)}`).to.equal(
              isWithin(spec, Number(text)),
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("are words only where the catalogue says so", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...numbers),
        fc.constantFrom("auto", "balanced", "Infinity", "ignore", "", "NaN", "nan", "none", "1e"),
        ({ of, spec }, word) => {
          expect(isMemberOf(of, spec, word)).to.equal(spec.literals?.includes(word) ?? false);
        },
      ),
    );
  });
});

describe("checks of the catalogue", () => {
  it("find fault with hyperparameters of any kind under names that were given or are known", () => {
    fc.assert(
      fc.property(anyRun, fc.constantFrom(undefined, "text/csv", "image/png"), (run, type) => {
        const { algorithm: one, given } = run;
        const { problems } = checkHyperparameters(
          one,
          one.defaultVersion,
          given,
          type ? { contentType: type } : {},
        );

        const known = new Set([...Object.keys(one.hyperparameters), ...Object.keys(given)]);
        for (const { hyperparameter, rule, remedy } of problems) {
          expect(known.has(hyperparameter), hyperparameter).to.equal(true);
          expect(rule).not.to.equal("");
          expect(remedy).not.to.equal("");
        }
        expect(new Set(problems.map(({ hyperparameter }) => hyperparameter)).size).to.equal(
          problems.length,
        );
      }),
      { numRuns: 500 },
    );
  });

  it("answer for every metric, whatever the hyperparameters", () => {
    fc.assert(
      fc.property(anyRun, ({ algorithm: one, given }) => {
        const version = one.defaultVersion;
        const { hyperparameters } = checkHyperparameters(one, version, given);
        for (const metric of Object.keys(one.metrics)) {
          const finding = checkMetric({ algorithm: one, version, hyperparameters }, metric);

          expect(finding?.remedy).not.to.equal("");
        }
      }),
    );
  });

  it("never propose a content type that they then refuse", () => {
    fc.assert(
      fc.property(
        algorithm,
        fc.oneof(fc.string(), fc.constantFrom(...every.flatMap((one) => one.contentTypes))),
        (one, contentType) => {
          const remedy = checkContentType(one, contentType, "File")?.remedy ?? "";
          const proposed = /^write "?([^"]+)"?$/.exec(remedy)?.[1];

          if (remedy !== "") expect(proposed, remedy).to.be.a("string");
          if (proposed !== undefined)
            expect(checkContentType(one, proposed, "File")).to.equal(undefined);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("never propose an instance type that they then refuse", () => {
    const families = "m5 c5 t3 p2 p3 p4d g4dn g5 g6 inf2 trn1 m6g c7gn r8gd".split(" ");
    fc.assert(
      fc.property(
        algorithm,
        fc.constantFrom("training" as const, "endpoint" as const),
        fc.constantFrom(...families),
        (one, use, family) => {
          const { hyperparameters } = checkHyperparameters(one, one.defaultVersion, {
            ...one.example.hyperparameters,
          });
          const run = { algorithm: one, version: one.defaultVersion, hyperparameters };
          const check = (instanceType: string) =>
            checkInstances(run, { use, instanceType, instanceCount: 1 });

          const [problem] = check(`ml.${family}.xlarge`).problems;

          const proposed = /ml\.[\w.]+/.exec(problem?.remedy ?? "")?.[0];
          if (problem !== undefined) expect(proposed, problem.remedy).to.be.a("string");
          if (proposed !== undefined) {
            expect(check(proposed)).to.deep.equal({ problems: [], warnings: [] });
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
