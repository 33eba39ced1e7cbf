import { expect } from "chai";
import { closeComparisonStatements } from "../../../components/comparison-closer.ts";
import { recordComparisonStatements } from "../../../components/comparison-functions.ts";
import {
  comparisonDefinitionOf,
  comparisonMachineStatements,
} from "../../../components/comparison-state-machine.ts";
import { tuningRunPrefix } from "../../../components/names.ts";
import type { State } from "../../../components/state-machine/state.ts";
import { loadServiceModel, validateInput } from "../../../local/cloud/service-model.ts";
import { interpreter } from "../../../local/setup/python-environments.mjs";
import type { CandidateConfig, ComparisonConfig } from "../../../stacks/comparison-config.ts";
import type { TuningConfig } from "../../../stacks/tuning-config.ts";
import { abaloneContext, candidates } from "../../support/comparison.ts";
import { execute, type FakeTask } from "../../support/execution.ts";
import {
  completedJob,
  completedTuning,
  listedTrainings,
  runInput,
} from "../../support/run-tasks.ts";

const tuning: TuningConfig = {
  metric: "validation:rmse",
  direction: "min",
  strategy: "Random",
  maxJobs: 4,
  maxParallelJobs: 2,
  earlyStopping: "Off",
  hyperband: undefined,
  ranges: { eta: { type: "continuous", min: 0.1, max: 0.5, scale: "Auto" } },
};

/** Two candidates, of which those with a number here are tuned. */
function comparing(...tuned: string[]): Pick<ComparisonConfig, "candidates"> {
  const tune = (each: CandidateConfig): CandidateConfig =>
    tuned.includes(each.number) ? { ...each, tuning } : each;
  return { candidates: candidates(2).map(tune) };
}

function eachCandidate(changes: Partial<ComparisonConfig>) {
  const { States } = comparisonDefinitionOf(abaloneContext(changes));
  const { Items, ItemProcessor } = States["Try Candidates"] as unknown as {
    Items: object[];
    ItemProcessor: { StartAt: string; States: Record<string, State> };
  };
  return { items: Items, ...ItemProcessor };
}

const tasks: Record<string, FakeTask> = {
  "Train Model": () => completedJob(),
  "Tune Model": () => completedTuning(),
  "Describe Best Training": () => completedJob(),
  "Add Up Trainings": () => listedTrainings(),
  "Create Model": () => ({}),
  "Create Endpoint Config": () => ({}),
  "Create Endpoint": () => ({}),
  "Describe Endpoint": () => ({ EndpointStatus: "InService", EndpointConfigName: "it" }),
  Predict: () => ({ Payload: { rows: 3 } }),
  "Remove Candidate": () => ({ Payload: { removed: [] } }),
};

/** One item of the Map by itself, with what the scopes around it know. */
function tryOne(changes: Partial<ComparisonConfig>, index: number) {
  const { StartAt, States, items } = eachCandidate(changes);
  const around = { Type: "Pass", Assign: { run: runInput }, Next: StartAt };
  const ended = { Type: "Succeed" };
  return execute(
    { StartAt: "Around", States: { ...States, Around: around, "Candidate Done": ended } },
    items[index],
    tasks,
  );
}

describe("a comparison's candidates", () => {
  it("are trained or tuned, each as config has it", async () => {
    const changes = comparing("c02");

    const [trained, tuned] = [await tryOne(changes, 0), await tryOne(changes, 1)];

    expect(trained.path).to.include("Train Model").and.not.include("Tune Model");
    expect(tuned.path).to.include("Tune Model").and.not.include("Train Model");
  });

  it("have states for what one of them needs, no others", () => {
    const states = (...tuned: string[]) => Object.keys(eachCandidate(comparing(...tuned)).States);

    expect(states()).to.include("Train Model").and.not.include.members(["Tune Model"]);
    expect(states("c01", "c02")).to.include("Tune Model").and.not.include("Train Model");
    expect(states("c01")).to.include.members(["Is Candidate Tuned?", "Tune Model", "Train Model"]);
  });

  it("have tuning jobs named by run and number, which AWS's model of the request takes", async () => {
    const { calls } = await tryOne(comparing("c02"), 1);

    const [request] = calls["Tune Model"] as { HyperParameterTuningJobName: string }[];
    const { tuningPrefix } = abaloneContext().names;
    expect(request?.HyperParameterTuningJobName).to.equal(
      `${tuningRunPrefix(tuningPrefix, runInput.title)}c02-a1`,
    );
    const model = loadServiceModel("sagemaker", await interpreter("cloud"));
    expect(validateInput(model, "CreateHyperParameterTuningJob", request)).to.deep.equal([]);
    expect(request).to.have.nested.property(
      "HyperParameterTuningJobConfig.HyperParameterTuningJobObjective.MetricName",
      "validation:rmse",
    );
  });

  it("let the record look at those of their training jobs that there are", () => {
    const looks = (...tuned: string[]) =>
      recordComparisonStatements(abaloneContext(comparing(...tuned)))
        .filter(({ Action }) => Action.includes("sagemaker:DescribeTrainingJob"))
        .flatMap(({ Resource }) => Resource?.map((each) => each.split("/").at(-1)));
    const { tuningPrefix, candidatePrefix } = abaloneContext().names;

    expect(looks()).to.deep.equal([`${candidatePrefix}*`]);
    expect(looks("c01")).to.deep.equal([`${candidatePrefix}*`, `${tuningPrefix}*`]);
    expect(looks("c01", "c02")).to.deep.equal([`${tuningPrefix}*`]);
  });

  it("give the machine and the sweeper what IAM wants for the jobs that they have", () => {
    const allowed = (...tuned: string[]) => {
      const context = abaloneContext(comparing(...tuned));
      return [...comparisonMachineStatements(context), ...closeComparisonStatements(context)]
        .flatMap(({ Action, Resource }) => Action.map((action) => `${action} ${Resource?.[0]}`))
        .filter((each) => /^sagemaker:.*(TuningJob|CreateTrainingJob)/.test(each))
        .map((each) => each.replace(/ arn:aws:sagemaker:[^:]*:\d+:/, " "));
    };
    const { tuningPrefix, candidatePrefix } = abaloneContext().names;
    const jobs = `hyper-parameter-tuning-job/${tuningPrefix}*`;
    const trains = `sagemaker:CreateTrainingJob training-job/${candidatePrefix}*`;
    const tunes = [
      `sagemaker:CreateHyperParameterTuningJob ${jobs}`,
      `sagemaker:DescribeHyperParameterTuningJob ${jobs}`,
      `sagemaker:ListTrainingJobsForHyperParameterTuningJob ${jobs}`,
      `sagemaker:StopHyperParameterTuningJob ${jobs}`,
      "sagemaker:ListHyperParameterTuningJobs *",
      `sagemaker:StopHyperParameterTuningJob ${jobs}`,
    ];

    expect(allowed()).to.deep.equal([trains]);
    expect(allowed("c01")).to.deep.equal([trains, ...tunes]);
    expect(allowed("c01", "c02")).to.deep.equal(tunes);
    const rules = comparisonMachineStatements(abaloneContext(comparing("c01"))).flatMap(
      ({ Action, Resource }) => (Action.includes("events:PutRule") ? (Resource ?? []) : []),
    );
    expect(rules.map((rule) => rule.split("/").at(-1))).to.deep.equal([
      "StepFunctionsGetEventsForSageMakerTrainingJobsRule",
      "StepFunctionsGetEventsForSageMakerTuningJobsRule",
    ]);
  });
});
