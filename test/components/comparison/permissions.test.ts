import { expect } from "chai";
import { closeComparisonStatements } from "../../../components/comparison-closer.ts";
import {
  compareCandidatesStatements,
  gatherInputsStatements,
  predictCandidateStatements,
  recordComparisonStatements,
  removeCandidatesStatements,
} from "../../../components/comparison-functions.ts";
import { cleanUpCandidatesStatements } from "../../../components/run-clean-up.ts";
import { abalone, abaloneContext, candidates } from "../../support/comparison.ts";
import { promotingContext } from "../../support/comparison-run.ts";
import { allows, arn, difference, keyStatements, of } from "../../support/statements.ts";

const context = abaloneContext();
const { bucket } = context;
const made = "c--dev-abalone--*";
const batch = { ...abalone().evaluation, by: "batch" as const };
const objects = (...keys: string[]) => keys.map((each) => `arn:aws:s3:::${bucket}/${each}`);
const sagemaker = (...resources: string[]) => resources.map((each) => arn("sagemaker", each));
const listed = (condition?: object) =>
  allows(["s3:ListBucket"], [`arn:aws:s3:::${bucket}`], condition);
const events = allows(["events:PutEvents"], [arn("events", "event-bus/default")], {
  StringEquals: { "events:source": "retraining" },
});
const logsOfMade = [arn("logs", `log-group:/aws/sagemaker/Endpoints/${made}`)];
const deleting = [
  allows(of("sagemaker", "DescribeEndpoint", "DeleteEndpoint"), sagemaker(`endpoint/${made}`)),
  allows(["sagemaker:DeleteEndpointConfig"], sagemaker(`endpoint-config/${made}`)),
  allows(["sagemaker:DeleteModel"], sagemaker(`model/${made}`)),
];
const removing = [...deleting, allows(["logs:PutRetentionPolicy"], logsOfMade)];

describe("functions that comparisons call", () => {
  it("let gather-inputs pin the split, list uploads, read their versions, and copy them to the run", () => {
    expect(gatherInputsStatements(context)).to.deep.equal([
      allows(["s3:ListBucketVersions"], [`arn:aws:s3:::${bucket}`], {
        StringLike: { "s3:prefix": "input/*" },
      }),
      allows(["s3:GetObjectVersion"], objects("input/*")),
      allows(["s3:PutObject"], objects("runs/*/inputs/*", "runs/*/manifest.json", "split.json")),
      allows(["s3:GetObject"], objects("split.json")),
      allows(["s3:AbortMultipartUpload"], objects("runs/*/inputs/*")),
    ]);
  });

  it("let predict-candidate read rows, ask candidates' endpoints, never production's, and write", () => {
    expect(predictCandidateStatements(context)).to.deep.equal([
      listed({ StringLike: { "s3:prefix": "output/*" } }),
      allows(["s3:GetObject"], objects("output/*")),
      allows(["s3:PutObject"], objects("output/*/*/predictions.json")),
      allows(["sagemaker:InvokeEndpoint"], sagemaker(`endpoint/${made}`)),
    ]);
  });

  it("let predict-candidate ask no endpoint by batch", () => {
    const { added, removed } = difference(
      predictCandidateStatements(context),
      predictCandidateStatements(abaloneContext({ evaluation: batch })),
    );

    expect({ added, removed }).to.deep.equal({
      added: [],
      removed: [allows(["sagemaker:InvokeEndpoint"], sagemaker(`endpoint/${made}`))],
    });
  });

  it("let remove-candidates delete what candidates made, and bound their logs, nothing else", () => {
    expect(removeCandidatesStatements(context)).to.deep.equal(removing);
  });

  it("let compare-candidates read predictions and ETL's report, and write scores", () => {
    expect(compareCandidatesStatements(context)).to.deep.equal([
      allows(["s3:GetObject"], objects("output/*/*/predictions.json", "output/*/etl.json")),
      allows(["s3:PutObject"], objects("output/*/scores.json")),
    ]);
  });

  it("let record-comparison read what was made, write report and page, and speak for itself only", () => {
    expect(recordComparisonStatements(context)).to.deep.equal([
      allows(
        ["s3:GetObject"],
        objects(
          "output/*/*/predictions.json",
          "output/*/scores.json",
          "output/*/etl.json",
          "runs/*/manifest.json",
        ),
      ),
      listed(),
      allows(["s3:PutObject"], objects("runs/*/report.json", "runs/*/report.html")),
      allows(["sagemaker:DescribeTrainingJob"], sagemaker(`training-job/${made}`)),
      allows(["logs:FilterLogEvents"], [arn("logs", "log-group:/aws/sagemaker/TrainingJobs:*")]),
      events,
    ]);
  });

  it("let record-comparison read no manifest where data do not accumulate", () => {
    expect(
      difference(
        recordComparisonStatements(context),
        recordComparisonStatements(abaloneContext({ accumulate: false })),
      ),
    ).to.deep.equal({
      added: [
        allows(
          ["s3:GetObject"],
          objects("output/*/*/predictions.json", "output/*/scores.json", "output/*/etl.json"),
        ),
      ],
      removed: [recordComparisonStatements(context)[0]],
    });
  });

  it("let the sweeper look, stop, remove, discard, record and tell, nothing else", () => {
    expect(closeComparisonStatements(context)).to.deep.equal([
      allows(of("glue", "GetJobRuns", "BatchStopJobRun"), [arn("glue", "job/dev-abalone-etl")]),
      allows(of("sagemaker", "ListTrainingJobs", "ListTransformJobs"), ["*"]),
      allows(["sagemaker:StopTrainingJob"], sagemaker(`training-job/${made}`)),
      allows(["sagemaker:StopTransformJob"], sagemaker(`transform-job/${made}`)),
      ...removing,
      allows(
        of("sagemaker", "DescribeEndpoint", "DeleteEndpoint"),
        sagemaker("endpoint/abalone-dev"),
      ),
      allows(["sagemaker:DeleteEndpointConfig"], sagemaker("endpoint-config/dev-abalone--*")),
      allows(["sagemaker:DeleteModel"], sagemaker("model/dev-abalone--*")),
      allows(["s3:GetObject"], objects("runs/*/report.json", "output/*/etl.json")),
      listed(),
      allows(["s3:PutObject"], objects("runs/*/report.json")),
      events,
      allows(["sqs:SendMessage"], [arn("sqs", "dev-abalone-unclosed-runs")]),
    ]);
  });

  it("let the sweeper stop tuning jobs where a candidate is tuned", () => {
    const tuning = { ranges: {} } as never;
    const tuned = candidates(2).map((each) => (each.number === "c02" ? { ...each, tuning } : each));
    const { added, removed } = difference(
      closeComparisonStatements(context),
      closeComparisonStatements(abaloneContext({ candidates: tuned })),
    );

    expect(removed).to.deep.equal([]);
    expect(added).to.deep.equal([
      allows(["sagemaker:ListHyperParameterTuningJobs"], ["*"]),
      allows(
        ["sagemaker:StopHyperParameterTuningJob"],
        sagemaker(`hyper-parameter-tuning-job/${context.names.tuningPrefix}*`),
      ),
    ]);
  });

  it("let the clean-up stop and delete what candidates of any run made", () => {
    expect(cleanUpCandidatesStatements(context, "c--dev-abalone--")).to.deep.equal([
      allows(of("sagemaker", "ListTransformJobs", "ListEndpoints"), ["*"]),
      allows(["sagemaker:StopTrainingJob"], sagemaker(`training-job/${made}`)),
      allows(["sagemaker:StopTransformJob"], sagemaker(`transform-job/${made}`)),
      ...deleting,
      allows(["logs:DescribeLogGroups"], ["*"]),
      allows(["logs:DeleteLogGroup"], logsOfMade),
    ]);
  });

  const each = {
    gatherInputsStatements,
    predictCandidateStatements,
    removeCandidatesStatements,
    compareCandidatesStatements,
    recordComparisonStatements,
    closeComparisonStatements,
  };
  for (const [name, statements] of Object.entries(each)) {
    it(`${name} add the customer key for data, where they have to do with any`, () => {
      const key = "arn:aws:kms:eu-west-1:123456789012:key/1";
      const { added, removed } = difference(
        statements(context),
        statements(abaloneContext({ kmsKeyArn: key })),
      );

      const { data } = keyStatements(key);
      expect(added).to.deep.equal(statements === removeCandidatesStatements ? [] : [data]);
      expect(removed).to.deep.equal([]);
    });

    it(`${name} are the same with promotion`, () => {
      expect(statements(promotingContext())).to.deep.equal(statements(context));
    });
  }
});
