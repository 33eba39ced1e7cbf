import { expect } from "chai";
import { recorded, run } from "../../support/churn-run.ts";
import { churnContext } from "../../support/pipeline.ts";
import { completedJob } from "../../support/run-tasks.ts";

describe("the gate of a run", () => {
  const gate = (direction: "min" | "max", threshold: number) =>
    churnContext({ validation: { enabled: true, metric: "m", direction, threshold } });
  const measuring = (value: number) => ({
    "Train Model": () => completedJob({ FinalMetricDataList: [{ MetricName: "m", Value: value }] }),
  });

  for (const [direction, threshold, value] of [
    ["min", 0.1, 0.1],
    ["min", 0.1, 0],
    ["min", 0, 0],
    ["max", 0.8, 0.8],
    ["max", 0.8, 1],
    ["max", -1, -0.5],
  ] as const) {
    it(`accepts ${value} where ${direction} ${threshold} is asked for`, async () => {
      const execution = await run(measuring(value), gate(direction, threshold));

      expect(execution.status).to.equal("SUCCEEDED");
    });
  }

  for (const [direction, threshold, value, cause] of [
    ["min", 0.1, 0.12, "m is 0.12, above the threshold 0.1 by 0.02: the endpoint stays as it was"],
    ["min", 0, 1e-9, "m is 1e-9, above the threshold 0 by 1e-9: the endpoint stays as it was"],
    ["max", 0.8, 0.75, "m is 0.75, below the threshold 0.8 by 0.05: the endpoint stays as it was"],
  ] as const) {
    it(`rejects ${value} where ${direction} ${threshold} is asked for, and says by how much`, async () => {
      const execution = await run(measuring(value), gate(direction, threshold));

      expect(execution).to.include({ status: "FAILED", error: "ModelRejected", cause });
      expect(recorded(execution)["gate"]).to.include({ value, threshold, accepted: false });
      for (const state of [
        "Create Model",
        "Resolve Endpoint",
        "Create Endpoint",
        "Update Endpoint",
      ]) {
        expect(execution.calls[state]).to.equal(undefined);
      }
    });
  }

  for (const [metrics, names] of [
    [
      [
        { MetricName: "train:m", Value: 1 },
        { MetricName: "n", Value: 1 },
      ],
      "train:m, n",
    ],
    [[], "no metric at all"],
    [undefined, "no metric at all"],
  ] as const) {
    it(`fails where the metric is missing and names those there: ${names}`, async () => {
      const execution = await run(
        { "Train Model": () => completedJob({ FinalMetricDataList: metrics }) },
        gate("min", 0.1),
      );

      expect(execution).to.include({
        status: "FAILED",
        error: "MetricMissing",
        cause: `training reported no m; it reported: ${names}`,
      });
    });
  }

  it("lets every finished model pass when validation is off, on record", async () => {
    const execution = await run(
      { "Train Model": () => completedJob({ FinalMetricDataList: [] }) },
      churnContext({ validation: { enabled: false } }),
    );

    expect(execution.status).to.equal("SUCCEEDED");
    expect(recorded(execution)["gate"]).to.include({ enabled: false, accepted: true, value: null });
  });
});
