import { expect } from "chai";
import type { KnownComparisonContext } from "../../components/comparison-context.ts";
import { comparisonDefinitionOf } from "../../components/comparison-state-machine.ts";
import type { Compared } from "../../handlers/compare-candidates/logic.ts";
import type { ComparisonState } from "../../handlers/record-comparison/comparison-state.ts";
import type { ComparisonConfig } from "../../stacks/comparison-config.ts";
import { abalone, abaloneContext } from "./comparison.ts";
import { type Execution, execute, type FakeTask, TaskError } from "./execution.ts";
import { completedJob, completedTuning, listedTrainings, runInput, runTasks } from "./run-tasks.ts";

/** A run of the abalone comparison's state machine, `tasks` in place of some of its tasks. */
export function compareIn(
  tasks: Record<string, FakeTask> = {},
  context = abaloneContext(),
): Promise<Execution> {
  return execute(comparisonDefinitionOf(context), runInput, { ...comparisonTasks(), ...tasks });
}

/** The example with promotion, each candidate with an image of its own: `image-of-<key>`. */
export function promotingContext(changes: Partial<ComparisonConfig> = {}): KnownComparisonContext {
  const config = { promotion: { ...abalone().promotion, enabled: true }, ...changes };
  const context = abaloneContext(config);
  const images = context.comparison.candidates.map(({ key }) => [key, `image-of-${key}`] as const);
  return { ...context, images: new Map(images) };
}

/** Name of what a candidate makes, `c01` or `c02`. */
export function candidateNameOf(number: string): string {
  return `c--dev-abalone--${runInput.title}-${number}`;
}

/** Name of the version that a promoted winner becomes. */
export const promotedVersion = `dev-abalone--${runInput.title}`;

/** What Record Comparison was called with, which it is exactly once. */
export function recordedComparison(execution: Execution): ComparisonState {
  const calls = execution.calls["Record Comparison"] as { Payload: ComparisonState }[];
  expect(calls).to.have.length(1);
  return (calls[0] as { Payload: ComparisonState }).Payload;
}

/** Answer of Compare Candidates. */
export function comparedAs(changes: Partial<Compared> = {}): FakeTask {
  const winner = { outcome: "winner", winner: "c02", promote: true, reason: "it is better" };
  return () => ({ Payload: { ...winner, ...changes } });
}

/** Fails where a candidate of that number asks, by what its request says; else answers as the task usually does. */
export function failingFor(number: string, state: string, error: string, cause = "no"): FakeTask {
  return (args, calls) => {
    if (JSON.stringify(args).includes(number)) throw new TaskError(error, cause);
    return comparisonTasks()[state]?.(args, calls);
  };
}

interface Named {
  TrainingJobName: string;
  EndpointName: string;
}

/** Tasks of a comparison in which all goes well, the second candidate wins, and an endpoint is created for it. */
export function comparisonTasks(): Record<string, FakeTask> {
  const production = Object.entries(runTasks()).map(([state, fake]) => [
    `${state} In Production`,
    fake,
  ]);
  return {
    "Gather Inputs": () => ({
      Payload: { inputUri: `s3://bucket/runs/${runInput.title}/inputs/`, manifest: "m", count: 2 },
    }),
    "Run ETL": () => ({ Id: "jr_1", StartedOn: 1_777_629_600_000, ExecutionTime: 20 }),
    "Train Model": ({ TrainingJobName }: Named) =>
      completedJob({
        TrainingJobName,
        ModelArtifacts: { S3ModelArtifacts: `s3://bucket/models/${TrainingJobName}/model.tar.gz` },
      }),
    "Tune Model": () => completedTuning(),
    "Describe Best Training": ({ TrainingJobName }: Named) =>
      completedJob({
        TrainingJobName,
        ModelArtifacts: { S3ModelArtifacts: "s3://bucket/best/model.tar.gz" },
      }),
    "Add Up Trainings": () => listedTrainings(),
    "Create Model": () => ({ ModelArn: "arn" }),
    "Create Endpoint Config": () => ({ EndpointConfigArn: "arn" }),
    "Create Endpoint": () => ({ EndpointArn: "arn" }),
    "Describe Endpoint": ({ EndpointName }: Named) => ({
      EndpointStatus: "InService",
      EndpointConfigName: EndpointName,
    }),
    Transform: () => ({ TransformJobStatus: "Completed" }),
    Predict: () => ({ Payload: { predictionsKey: "p", rows: 30, seconds: 1 } }),
    "Remove Candidate": () => ({ Payload: { removed: [] } }),
    "Compare Candidates": comparedAs(),
    "Record Comparison": recordComparison,
    ...Object.fromEntries(production),
    "Describe Endpoint In Production": () => ({
      EndpointStatus: "InService",
      EndpointConfigName: promotedVersion,
    }),
  };
}

/** Ends the comparison as the function would. */
function recordComparison({ Payload: { failure } }: { Payload: ComparisonState }) {
  if (failure.name === undefined) return { Payload: { status: "Succeeded" } };
  const cause = failure.cause ?? failure.caught?.Cause ?? "";
  return { Payload: { status: "Failed", error: { name: failure.name, cause } } };
}
