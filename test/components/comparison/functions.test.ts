import { expect } from "chai";
import { abaloneContext, candidates } from "../../support/comparison.ts";
import { abaloneStack, promoted } from "../../support/comparison-stack.ts";

const { bucket } = abaloneContext();
const stateMachine = "arn:aws:states:eu-west-1:123456789012:stateMachine:dev-abalone-comparison";

describe("functions of a comparison", () => {
  it("are told what they work on, and have the time and memory that it takes", async () => {
    const { resources } = await abaloneStack({ ...promoted(), logs: { retentionDays: 7 } });

    const found = resources.filter(({ type }) => type === "aws:lambda/function:Function");
    const told = found.map(({ inputs }) => [
      String(inputs["name"]).replace("dev-abalone-", ""),
      [inputs["timeout"], inputs["memorySize"], inputs["environment"].variables],
    ]);
    const { RULES: _, ...closing } = Object.fromEntries(told)["close-comparison"][2];
    expect(closing).to.deep.equal({
      BUCKET: bucket,
      STACK: "dev",
      COMPARISON: "abalone",
      RUN_PREFIX: "dev-abalone--",
      CANDIDATE_PREFIX: "c--dev-abalone--",
      CANDIDATE_COUNT: "20", // a run may have begun with more than config has now
      LOG_RETENTION_DAYS: "7",
      ENDPOINT_NAME: "abalone-dev",
      GLUE_JOB: "dev-abalone-etl",
    });
    expect(Object.fromEntries(told)).to.deep.include({
      "gather-inputs": [900, 256, { BUCKET: bucket, INPUT_EXTENSIONS: ".csv,.libsvm,.svm" }],
      "predict-candidate": [900, 2048, { BUCKET: bucket }],
      "remove-candidates": [
        900,
        256,
        { CANDIDATE_PREFIX: "c--dev-abalone--", LOG_RETENTION_DAYS: "7" },
      ],
      "compare-candidates": [900, 3008, { BUCKET: bucket }],
      "record-comparison": [300, 2048, { BUCKET: bucket, STACK: "dev", COMPARISON: "abalone" }],
      "clean-up-runs": [
        900,
        256,
        {
          CANDIDATE_PREFIX: "c--dev-abalone--",
          GLUE_JOB: "dev-abalone-etl",
          RUN_PREFIX: "dev-abalone--",
          STATE_MACHINE_ARN: stateMachine,
        },
      ],
    });
    for (const { name, inputs } of resources.filter(({ type }) => type.endsWith(":LogGroup"))) {
      expect(inputs["retentionInDays"], name).to.equal(7);
    }
  });

  it("know the rules by which the sweeper's report is written", async () => {
    const { find } = await abaloneStack(promoted());

    const { variables } = find("abalone-closer-close-comparison").inputs["environment"];
    expect(JSON.parse(variables.RULES)).to.deep.equal({
      task: "regression",
      metric: "rmse",
      margin: 0.05,
      resamples: 1000,
      confidence: 0.95,
      seed: 1,
      promotion: { enabled: true, threshold: null },
    });
  });

  it("are told of tuning jobs where a candidate is tuned", async () => {
    const tuning = {
      metric: "validation:rmse",
      direction: "min",
      strategy: "Random",
      maxJobs: 2,
      maxParallelJobs: 1,
      earlyStopping: "Off",
      hyperband: undefined,
      ranges: {},
    } as const;
    const tuned = candidates(3).map((each) => (each.number === "c02" ? { ...each, tuning } : each));
    const { find } = await abaloneStack({ candidates: tuned });

    const { tuningPrefix } = abaloneContext().names;
    for (const name of ["abalone-closer-close-comparison", "abalone-clean-up-runs"]) {
      expect(find(name).inputs["environment"].variables).to.include({
        TUNING_PREFIX: tuningPrefix,
      });
    }
    expect(find("abalone-closer-close-comparison").inputs["environment"].variables).to.include({
      CANDIDATE_COUNT: "20",
    });
  });

  it("hear of every run of the comparison's own state machine that did not succeed", async () => {
    const { find } = await abaloneStack();

    expect(JSON.parse(find("abalone-closer-ended").inputs["eventPattern"])).to.deep.equal({
      source: ["aws.states"],
      "detail-type": ["Step Functions Execution Status Change"],
      detail: { stateMachineArn: [stateMachine], status: ["ABORTED", "TIMED_OUT", "FAILED"] },
    });
    expect(find("abalone-closer-target").inputs).to.deep.include({
      rule: "dev-abalone-run-ended",
      deadLetterConfig: { arn: "arn:aws:sqs:eu-west-1:123456789012:dev-abalone-unclosed-runs" },
    });
    expect(find("abalone-closer-retries").inputs).to.include({ maximumRetryAttempts: 2 });
  });

  it("start runs of titles that leave room for the candidate's number, for uploads of any format", async () => {
    const { find } = await abaloneStack();

    const { variables } = find("abalone-input-start-retraining").inputs["environment"];
    expect(variables).to.include({
      INPUT_EXTENSIONS: ".csv,.libsvm,.svm",
      MAX_TITLE_LENGTH: "25",
    });
  });
});
