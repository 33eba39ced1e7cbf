import aslValidator from "asl-validator";
import { expect } from "chai";
import { comparisonDefinitionOf } from "../../../components/comparison-state-machine.ts";
import type { State } from "../../../components/state-machine/state.ts";
import type { ComparisonConfig } from "../../../stacks/comparison-config.ts";
import { abalone, abaloneContext, candidates } from "../../support/comparison.ts";

const promotion = { ...abalone().promotion, enabled: true };
const evaluation = { ...abalone().evaluation, by: "batch" as const };
const variants: Record<string, Partial<ComparisonConfig>> = {
  "with endpoints": {},
  "by batch transform, of one upload": { evaluation, accumulate: false },
  "with promotion, under a key": {
    promotion,
    kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1",
  },
  "of twenty candidates": { candidates: candidates(20), promotion },
};

function definition(changes: Partial<ComparisonConfig>) {
  return JSON.parse(JSON.stringify(comparisonDefinitionOf(abaloneContext(changes))));
}

interface Scope {
  StartAt: string;
  States: Record<string, State>;
}

/** The scope itself, and those inside of its Parallel and Map states. */
function scopes(scope: Scope): Scope[] {
  const inner = Object.values(scope.States).flatMap((state) => [
    ...((state["Branches"] as Scope[] | undefined) ?? []),
    ...(state["ItemProcessor"] ? [state["ItemProcessor"] as Scope] : []),
  ]);
  return [scope, ...inner.flatMap(scopes)];
}

/** Names that states of a scope, but not of those inside it, assign. */
function assigned({ States }: Scope): Set<string> {
  const names = new Set<string>();
  for (const state of Object.values(States)) {
    const rules = [
      state,
      ...((state["Choices"] as object[]) ?? []),
      ...((state["Catch"] as object[]) ?? []),
    ];
    for (const rule of rules) {
      for (const name of Object.keys((rule as { Assign?: object }).Assign ?? {})) names.add(name);
    }
  }
  return names;
}

describe("comparisonDefinition", () => {
  for (const [variant, changes] of Object.entries(variants)) {
    describe(variant, () => {
      it("is valid Amazon States Language", () => {
        const { isValid, errorsText } = aslValidator(definition(changes));

        expect(isValid, isValid ? "" : errorsText("\n")).to.equal(true);
      });

      it("leads from the start of each scope to every state of it, and to its end", () => {
        for (const { StartAt, States } of scopes(definition(changes))) {
          const reached = new Set([StartAt]);
          for (const name of reached) {
            const {
              Branches: _,
              ItemProcessor: __,
              ...state
            } = States[name] as Record<string, unknown>;
            const text = JSON.stringify(state);
            for (const [, next] of text.matchAll(/"(?:Next|Default)":"([^"]+)"/g)) {
              reached.add(String(next));
            }
          }
          expect([...reached].sort()).to.deep.equal(Object.keys(States).sort());
          const ends = Object.values(States).filter(
            ({ Type, End }) => End === true || Type === "Succeed",
          );
          expect(ends).to.have.length(1);
        }
      });

      it("lets no scope set a variable of one around it", () => {
        const [outer, ...inner] = scopes(definition(changes));
        const names = assigned(outer as Scope);

        expect(inner).to.have.length(3);
        for (const scope of inner) {
          expect([...assigned(scope)].filter((name) => names.has(name))).to.deep.equal([]);
        }
      });

      it("gives every task a timeout, Retry, and Catch for everything", () => {
        const tasks = scopes(definition(changes))
          .flatMap(({ States }) => Object.entries(States))
          .filter(([, { Type }]) => Type === "Task");

        expect(tasks).to.have.length.above(7);
        for (const [name, task] of tasks) {
          expect(task["TimeoutSeconds"], name).to.be.within(1, 99_999_999);
          expect(task["Retry"], name).to.have.length.above(0);
          const last = (task["Catch"] as { ErrorEquals: string[] }[]).at(-1);
          expect(last?.ErrorEquals, name).to.deep.equal(["States.ALL"]);
        }
      });

      it("calls no function again that used up its 15 minutes, but for the short ones", () => {
        const again = scopes(definition(changes))
          .flatMap(({ States }) => Object.entries(States))
          .filter(([, { Retry }]) => JSON.stringify(Retry ?? []).includes("Sandbox.Timedout"))
          .map(([name]) => name);

        const short = ["Resolve Endpoint", "Prune Versions", "Discard Version", "Write Schema"];
        expect(again).to.have.members([
          "Record Comparison",
          ...("promotion" in changes ? short.map((name) => `${name} In Production`) : []),
        ]);
      });

      it("stays within what Step Functions takes", () => {
        expect(JSON.stringify(definition(changes)).length).to.be.below(1_000_000);
      });
    });
  }

  it("has the same states however many candidates there are", () => {
    const two = definition({});
    const twenty = definition({ candidates: candidates(20) });

    const items = twenty.States["Try Candidates"].Items;
    expect(items).to.have.length(20);
    twenty.States["Try Candidates"].Items = two.States["Try Candidates"].Items;
    twenty.TimeoutSeconds = two.TimeoutSeconds;
    const pause = ({ States }: typeof two) =>
      States["Try Candidates"].ItemProcessor.States["Wait For Endpoint"];
    expect(pause(two).Seconds).to.equal("{% $min([$looks + 1, 15]) %}");
    expect(pause(twenty).Seconds).to.equal("{% $min([$looks + 1, 15]) * 2 %}");
    pause(twenty).Seconds = pause(two).Seconds;
    expect(twenty).to.deep.equal(two);
  });

  for (const [count, minutes] of [
    [2, 30],
    [20, 30],
    [2, 480],
    [20, 480],
  ] as const) {
    it(`leaves room in the execution's history for ${count} candidates that wait ${minutes} minutes in vain`, () => {
      const patient = candidates(count).map((each) => ({
        ...each,
        endpoint: { ...each.endpoint, timeoutMinutes: minutes },
      }));
      const { States } = definition({ candidates: patient })["States"]["Try Candidates"]
        .ItemProcessor;
      const [, step = "1"] =
        /, 15\]\)(?: \* (\d+))? %/.exec(States["Wait For Endpoint"].Seconds) ?? [];

      let looks = 0;
      for (let seconds = 0; seconds < minutes * 60; looks++)
        seconds += Math.min(looks + 1, 15) * Number(step);

      // each look: a task (entered, scheduled, started, succeeded, left), a choice and a pause (entered, left)
      expect(looks * 9 * count).to.be.below(20_000);
    });
  }
});
