import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { comparisonDefinitionOf } from "../../components/comparison-state-machine.ts";
import {
  type ComparisonPlan,
  comparisonPlan,
  comparisonSteps,
} from "../../scripts/comparison-history.ts";
import { labelOf, secondsOf, settledSteps } from "../../scripts/run-history.ts";
import { abaloneContext } from "../support/comparison.ts";

const machine = JSON.stringify(comparisonDefinitionOf(abaloneContext()));
const plan = comparisonPlan(machine) as ComparisonPlan;
const functionArn = (name: string) =>
  /"FunctionName":"([^"]*)"/g.exec(machine.slice(machine.indexOf(`${name}"`) - 200))?.[1] ?? "";

let second = 0;

function event(type: string, details: Partial<HistoryEvent> = {}): HistoryEvent {
  second += 1;
  const timestamp = new Date(Date.UTC(2026, 0, 1, 0, 0, second));
  return { id: second, type: type as HistoryEvent["type"], timestamp, ...details };
}

const entered = (name: string) =>
  event("StateEntered", { stateEnteredEventDetails: { name } } as Partial<HistoryEvent>);
const exited = (name: string) =>
  event("StateExited", { stateExitedEventDetails: { name } } as Partial<HistoryEvent>);

function scheduled(integration: string, request: object): HistoryEvent {
  const at = integration.lastIndexOf(":");
  const [resourceType, resource] = [integration.slice(0, at), integration.slice(at + 1)];
  const parameters = JSON.stringify(request);
  return event("TaskScheduled", {
    taskScheduledEventDetails: { resourceType, resource, parameters, region: "us-east-2" },
  });
}

function succeeded(integration: string, output: object): HistoryEvent {
  const at = integration.lastIndexOf(":");
  const [resourceType, resource] = [integration.slice(0, at), integration.slice(at + 1)];
  const details = { resourceType, resource, output: JSON.stringify(output) };
  return event("TaskSucceeded", { taskSucceededEventDetails: details });
}

function failed(integration: string, cause: string): HistoryEvent {
  const at = integration.lastIndexOf(":");
  const [resourceType, resource] = [integration.slice(0, at), integration.slice(at + 1)];
  return event("TaskFailed", { taskFailedEventDetails: { resourceType, resource, cause } });
}

const training = (number: string) =>
  scheduled("sagemaker:createTrainingJob.sync", {
    TrainingJobName: `c--dev-abalone--shells-c01-0123456789-${number}-a1`,
  });
const look = (number: string) =>
  scheduled("aws-sdk:sagemaker:describeEndpoint", { EndpointName: `c--dev-abalone--t-${number}` });

describe("comparisonPlan", () => {
  it("has the candidates and every stage of a comparison's state machine", () => {
    expect([...plan.candidates]).to.deep.equal([
      ["c01", "xgboost"],
      ["c02", "linear-learner"],
    ]);
    expect([...plan.stages.keys()]).to.deep.equal(["Prepare Data", "Try Candidates", "Conclude"]);
  });

  it("is of no pipeline's state machine", () => {
    expect(comparisonPlan('{"States":{"Run ETL":{"Type":"Task"}}}')).to.equal(undefined);
  });
});

describe("comparisonSteps", () => {
  beforeEach(() => {
    second = 0;
  });

  it("names each task as the state machine does, with its candidate or its stage", () => {
    const steps = comparisonSteps(
      [
        entered("Prepare Data"),
        scheduled("glue:startJobRun.sync", { JobName: "dev-abalone-etl" }),
        succeeded("glue:startJobRun.sync", {}),
        exited("Prepare Data"),
        entered("Try Candidates"),
        training("c01"),
        training("c02"),
        succeeded("sagemaker:createTrainingJob.sync", { TrainingJobName: "c--b--t-c02-a1" }),
        scheduled("lambda:invoke", {
          FunctionName: functionArn("Predict"),
          Payload: { candidate: { number: "c02" } },
        }),
        exited("Try Candidates"),
        entered("Conclude"),
        scheduled("lambda:invoke", {
          FunctionName: functionArn("Compare Candidates"),
          Payload: { candidates: [{ number: "c01" }] },
        }),
      ],
      plan,
    );

    expect(steps.map((step) => [labelOf(step), step.endedAt && secondsOf(step)])).to.deep.equal([
      ["Prepare Data: Run ETL", 1],
      ["xgboost: Train Model", 4],
      ["linear-learner: Train Model", 1],
      ["linear-learner: Predict", 1],
      ["Conclude: Compare Candidates", undefined],
    ]);
  });

  it("joins the looks at one candidate's endpoint, whatever others do in between", () => {
    const steps = comparisonSteps(
      [
        entered("Try Candidates"),
        look("c01"),
        look("c02"),
        succeeded("aws-sdk:sagemaker:describeEndpoint", { EndpointName: "c--b--t-c01" }),
        look("c01"),
      ],
      plan,
    );

    expect(steps.map((step) => [step.part, step.entered])).to.deep.equal([
      ["xgboost", 2],
      ["linear-learner", 1],
    ]);
  });

  it("tells which candidate's task failed", () => {
    const steps = comparisonSteps(
      [
        entered("Try Candidates"),
        training("c01"),
        training("c02"),
        failed("sagemaker:createTrainingJob.sync", '{"TrainingJobName":"c--b--t-c02-a1"}'),
      ],
      plan,
    );

    expect(steps.map((step) => [step.part, step.failed])).to.deep.equal([
      ["xgboost", false],
      ["linear-learner", true],
    ]);
  });

  it("has a candidate's newest step unsettled until it goes on, and no stage's", () => {
    const events = [
      entered("Prepare Data"),
      scheduled("glue:startJobRun.sync", {}),
      succeeded("glue:startJobRun.sync", {}),
      entered("Try Candidates"),
      look("c01"),
      succeeded("aws-sdk:sagemaker:describeEndpoint", { EndpointName: "c--b--t-c01" }),
      look("c02"),
    ];
    const steps = comparisonSteps(events, plan);

    const settled = (finished: boolean) =>
      settledSteps({ steps, finished }).map(([, { part }]) => part);

    expect(settled(false)).to.deep.equal(["Prepare Data"]);
    expect(settled(true)).to.deep.equal(["Prepare Data", "xgboost", "linear-learner"]);
  });
});
