import { expect } from "chai";
import { definitionOf } from "../../components/retraining-state-machine.ts";
import type { State } from "../../components/state-machine/state.ts";
import { loadServiceModel, validateInput } from "../../local/cloud/service-model.ts";
import { interpreter } from "../../local/setup/python-environments.mjs";
import type { PipelineConfig } from "../../stacks/config.ts";
import { execute } from "../support/execution.ts";
import { churn, churnContext, churnTuning } from "../support/pipeline.ts";
import { runInput, runTasks } from "../support/run-tasks.ts";

const hyperband = churnTuning({
  strategy: "Hyperband",
  earlyStopping: "Off",
  hyperband: { minResource: 5, maxResource: 100 },
});

/** AWS's limits and enumerations, which a typo in a state would meet only on AWS. */
describe("arguments of each task, against AWS's own service models", () => {
  let python: string;

  before(async () => {
    python = await interpreter("cloud");
  });

  for (const [variant, changes, training = ["Train Model"]] of [
    ["by default", {}],
    [
      "with a tuning job",
      { training: { ...churn().training, tuning: churnTuning() } },
      ["Tune Model", "Describe Best Training", "Add Up Trainings"],
    ],
    [
      "with a tuning job by Hyperband",
      { training: { ...churn().training, tuning: hyperband } },
      ["Tune Model"],
    ],
    [
      "with all options",
      {
        kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555",
        training: {
          ...churn().training,
          inputMode: "FastFile",
          channels: { train: "etl", validation: "s3://lake/holdout/" },
          instanceCount: 3,
          spot: { maxWaitMinutes: 90 },
          checkpoints: true,
        },
      },
    ],
  ] as const) {
    it(`fit ${variant}`, async () => {
      const definition = definitionOf(churnContext(changes as Partial<PipelineConfig>));
      const calls = {
        ...(await callsOf(definition, "update")),
        ...(await callsOf(definition, "create")),
      };

      for (const [name, args] of Object.entries(calls)) {
        const state = (definition.States as Record<string, State>)[name];
        const [service, operation] = target(String(state?.["Resource"]));
        const model = loadServiceModel(service, python);
        expect(validateInput(model, operation, args), name).to.deep.equal([]);
      }
      expect(Object.keys(calls)).to.include.members([
        "Run ETL",
        ...training,
        "Create Model",
        "Create Endpoint Config",
        "Create Endpoint",
        "Update Endpoint",
        "Describe Endpoint",
      ]);
    });
  }

  it("notice what does not fit", () => {
    const model = loadServiceModel("sagemaker", python);

    expect(validateInput(model, "CreateModel", { ModelName: "no_underscores" })).not.to.deep.equal(
      [],
    );
  });
});

/** Evaluated arguments of each task that calls a service itself, in a run that creates or updates. */
async function callsOf(definition: ReturnType<typeof definitionOf>, action: string) {
  const resolution = { Payload: { action, retainCapacity: true, newer: null } };
  const { calls } = await execute(
    definition,
    runInput,
    runTasks({ "Resolve Endpoint": () => resolution }),
  );
  const functions = ["Write Schema", "Resolve Endpoint", "Prune Versions", "Record Run"];
  return Object.fromEntries(
    Object.entries(calls)
      .filter(([name]) => !functions.includes(name)) // their payloads are ours to define
      .map(([name, each]) => [name, each[0]]),
  );
}

/** Service and operation of `arn:aws:states:::glue:startJobRun.sync`. */
function target(resource: string): [service: string, operation: string] {
  const [service = "", action = ""] = resource
    .replace("aws-sdk:", "")
    .replace(/\.sync$/, "")
    .split(":")
    .slice(-2);
  return [service, `${action.charAt(0).toUpperCase()}${action.slice(1)}`];
}
