import type { RunState } from "../../handlers/record-run/run-state.ts";
import { runInput, versionName, writtenSchema } from "./run-tasks.ts";

/** What the state machine hands over at the end of a run that succeeded. */
export function runState(changes: Partial<RunState> = {}): RunState {
  return {
    execution: {
      arn: "arn:aws:states:eu-west-1:123456789012:execution:dev-churn-retraining:t",
      startedAt: "2026-05-01T10:00:01.000Z",
    },
    run: runInput,
    etl: { jobName: "dev-churn-etl", runId: "jr_1", startedAt: 1_777_629_602_000, seconds: 20 },
    training: {
      jobName: `${versionName}-a1`,
      status: "Completed",
      image: "image:3.0-5",
      seconds: 60,
      billableSeconds: 50,
      hyperparameters: { num_round: "100" },
      metrics: { "validation:error": 0.05 },
      modelArtifact: "s3://b/model.tar.gz",
    },
    gate: {
      enabled: true,
      metric: "validation:error",
      direction: "min",
      threshold: 0.1,
      value: 0.05,
      accepted: true,
    },
    schema: writtenSchema,
    endpoint: {
      name: "churn",
      action: "create",
      configName: versionName,
      modelName: versionName,
    },
    newer: null,
    versions: { kept: [versionName], deleted: [] },
    stages: [{ name: "Run ETL", startedAt: "2026-05-01T10:00:02.000Z", seconds: 21.5 }],
    failure: {},
    ...changes,
  };
}

/** What it hands over when the first task failed. */
export function failedState(
  failure: RunState["failure"],
  changes: Partial<RunState> = {},
): RunState {
  return runState({
    etl: null,
    training: null,
    gate: null,
    schema: null,
    endpoint: null,
    versions: null,
    stages: [],
    failure,
    ...changes,
  });
}
