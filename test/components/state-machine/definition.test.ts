import aslValidator from "asl-validator";
import { expect } from "chai";
import { definitionOf } from "../../../components/retraining-state-machine.ts";
import type { State } from "../../../components/state-machine/state.ts";
import type { PipelineConfig } from "../../../stacks/config.ts";
import { churn, churnContext, churnTuning } from "../../support/pipeline.ts";

const variants: Record<string, Partial<PipelineConfig>> = {
  "with a gate": {},
  "without a gate": { validation: { enabled: false } },
  "with a gate on the greatest value": {
    validation: { enabled: true, metric: "validation:auc", direction: "max", threshold: 0.8 },
  },
  "with spot training on several instances, under a key": {
    kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1",
    training: {
      ...churn().training,
      instanceCount: 2,
      spot: { maxWaitMinutes: 120 },
      checkpoints: true,
    },
  },
  "with a tuning job": { training: { ...churn().training, tuning: churnTuning() } },
  "with channels of its own and data elsewhere": {
    training: {
      ...churn().training,
      inputMode: "Pipe",
      channels: { train: "etl", auxiliary: "etl", validation: "s3://lake/holdout/" },
    },
  },
};

/** By variant, how many tasks it has where those are not twelve. */
const tasksOf: Record<string, number> = { "with a tuning job": 14 };

function definition(changes: Partial<PipelineConfig>) {
  return structuredClone(definitionOf(churnContext(changes)));
}

/** States that `state` can lead to. */
function followers(state: State): string[] {
  const targets = JSON.stringify(state).matchAll(/"(?:Next|Default)":"([^"]+)"/g);
  return [...targets].map(([, name]) => String(name));
}

describe("retrainingDefinition", () => {
  for (const [variant, changes] of Object.entries(variants)) {
    describe(variant, () => {
      it("is valid Amazon States Language", () => {
        const { isValid, errorsText } = aslValidator(definition(changes));

        expect(isValid, isValid ? "" : errorsText("\n")).to.equal(true);
      });

      it("is JSONata throughout", () => {
        const { QueryLanguage, States } = definition(changes);

        expect(QueryLanguage).to.equal("JSONata");
        expect(JSON.stringify(States)).not.to.match(
          /"(QueryLanguage|InputPath|OutputPath|ResultPath|ResultSelector|Parameters|[^"]+\.\$)":/,
        );
      });

      it("gives every task a timeout, Retry, and Catch for everything", () => {
        const tasks = Object.entries<State>(definition(changes).States).filter(
          ([, { Type }]) => Type === "Task",
        );

        expect(tasks).to.have.length(tasksOf[variant] ?? 12);
        for (const [name, task] of tasks) {
          expect(task["TimeoutSeconds"], name).to.be.within(1, 99_999_999);
          expect(task["Retry"], name).to.have.length.above(0);
          const last = (task["Catch"] as { ErrorEquals: string[] }[]).at(-1);
          expect(last?.ErrorEquals, name).to.deep.equal(["States.ALL"]);
        }
      });

      it("leads from its start to every state", () => {
        const { StartAt, States } = definition(changes);
        const reached = new Set([StartAt]);
        for (const name of reached) {
          for (const next of followers((States as Record<string, State>)[name] as State)) {
            reached.add(next);
          }
        }

        expect([...reached].sort()).to.deep.equal(Object.keys(States).sort());
      });

      it("gives up as a machine only after each of its tasks has", () => {
        const { TimeoutSeconds, States } = definition(changes);
        const tasks = Object.values<State>(States).map((state) =>
          Number(state["TimeoutSeconds"] ?? 0),
        );

        expect(TimeoutSeconds).to.be.above(tasks.reduce((sum, seconds) => sum + seconds, 0));
      });
    });
  }

  it("stays small: Step Functions takes 1 MB, and 25 kB is a page that one can read", () => {
    expect(JSON.stringify(definition({})).length).to.be.below(25_000);
  });

  it("names its states as Verb Noun, or as a question", () => {
    for (const name of Object.keys(definition({}).States)) {
      expect(name).to.match(/^([A-Z][A-Za-z]+( [A-Z][A-Za-z]+)+\??)$/);
    }
  });

  it("uses the partition in the ARNs of its integrations", () => {
    const context = churnContext();
    const china = { ...context, place: { ...context.place, partition: "aws-cn" } };

    const text = JSON.stringify(definitionOf(china));

    expect(text).to.contain("arn:aws-cn:states:::glue:startJobRun.sync");
    expect(text).not.to.contain('"arn:aws:');
  });
});
