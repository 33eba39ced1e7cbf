import { expect } from "chai";
import { trainingCurves } from "../../../handlers/record-comparison/training-curves.ts";
import { type Answers, fakeClient, serviceError } from "../../support/fake-client.ts";

const definitions = [
  {
    Name: "validation:rmse",
    Regex: ".*\\[[0-9]+\\].*#011validation-rmse:([-+]?[0-9]*\\.?[0-9]+).*",
  },
  { Name: "train:rmse", Regex: ".*\\[[0-9]+\\].*#011train-rmse:(\\S+?)#011.*" },
];
const line = (round: number, train: string, validation: number) =>
  `[${round}]#011train-rmse:${train}#011validation-rmse:${validation}`;

function account(answers: Answers) {
  return fakeClient<never>({
    DescribeTrainingJob: () => ({ AlgorithmSpecification: { MetricDefinitions: definitions } }),
    ...answers,
  });
}

const pages = (...texts: string[][]): Answers => ({
  FilterLogEvents: (_, calls) => ({
    events: texts[calls]?.map((message) => ({ message, logStreamName: "job-a1/algo-1-17" })),
    ...(calls < texts.length - 1 && { nextToken: `page ${calls + 1}` }),
  }),
});

describe("trainingCurves", () => {
  it("reads each metric in the order of the log, over all pages, of this job alone", async () => {
    const { client, sent } = account(
      pages(["Starting", line(0, "3", 4)], [line(1, "2", 3.5), line(2, "1", 3)]),
    );

    expect(await trainingCurves(client, client, "job-a1")).to.deep.equal({
      "validation:rmse": [4, 3.5, 3],
      "train:rmse": [3, 2, 1],
    });
    const log = { logGroupName: "/aws/sagemaker/TrainingJobs", logStreamNamePrefix: "job-a1/" };
    expect(sent.map(({ input }) => input)).to.deep.equal([
      { TrainingJobName: "job-a1" },
      log,
      { ...log, nextToken: "page 1" },
    ]);
  });

  it("leaves out what is no number, and a metric with one value, which is no curve", async () => {
    const { client } = account(pages([line(0, "nan", 4), line(1, "2", 3), line(2, "inf", 2)]));

    expect(await trainingCurves(client, client, "job-a1")).to.deep.equal({
      "validation:rmse": [4, 3, 2],
    });
  });

  it("reads a number of which the expression takes more", async () => {
    const Regex = ".*\\[[0-9]+\\].*#011train-rmse:(\\S+)";
    const { client } = account({
      DescribeTrainingJob: () => ({
        AlgorithmSpecification: { MetricDefinitions: [{ Name: "train:rmse", Regex }] },
      }),
      ...pages([line(0, "3.5", 4), line(1, "2e-1", 3)]),
    });

    expect(await trainingCurves(client, client, "job-a1")).to.deep.equal({
      "train:rmse": [3.5, 0.2],
    });
  });

  it("reads training as validation where SageMaker has told as many definitions as it tells", async () => {
    const [validation] = definitions;
    const described = (metrics: string[]) =>
      account({
        DescribeTrainingJob: () => ({
          AlgorithmSpecification: { MetricDefinitions: [validation] },
          FinalMetricDataList: metrics.map((MetricName) => ({ MetricName, Value: 1 })),
        }),
        ...pages([line(0, "3.5", 4), line(1, "2", 3)]),
      }).client;
    const [both, alone] = [described(["train:rmse"]), described(["train:mae"])];

    expect(await trainingCurves(both, both, "job-a1")).to.deep.equal({
      "validation:rmse": [4, 3],
      "train:rmse": [3.5, 2],
    });
    expect(await trainingCurves(alone, alone, "job-a1")).to.have.all.keys("validation:rmse");
  });

  it("draws no curve of how far a training has come, or how fast", async () => {
    const { client } = account({
      DescribeTrainingJob: () => ({
        AlgorithmSpecification: {
          MetricDefinitions: [
            { Name: "train:progress", Regex: "done=(\\d+)" },
            { Name: "train:throughput", Regex: "speed=(\\d+)" },
          ],
        },
      }),
      ...pages(["done=50 speed=7", "done=100 speed=8"]),
    });

    expect(await trainingCurves(client, client, "job-a1")).to.deep.equal({});
  });

  it("draws nothing of another candidate of the same algorithm, or of another run", async () => {
    const streams: Record<string, number[]> = {
      "c--dev-abalone--t1-c01-a1/algo-1-17": [4, 3],
      "c--dev-abalone--t1-c02-a1/algo-1-17": [40, 30],
      "c--dev-abalone--t1-c02-a10/algo-1-17": [41, 31],
      "c--dev-abalone--t2-c01-a1/algo-1-17": [400, 300],
    };
    const all = Object.entries(streams).flatMap(([logStreamName, values]) =>
      values.map((value, round) => ({ logStreamName, message: line(round, "1", value) })),
    );
    const { client } = account({ FilterLogEvents: () => ({ events: all }) });

    for (const [stream, values] of Object.entries(streams)) {
      const [job = ""] = stream.split("/");
      const curves = await trainingCurves(client, client, job);
      expect(curves["validation:rmse"], job).to.deep.equal(values);
    }
  });

  it("asks for no log of a job that has no metrics", async () => {
    const { client, sent } = fakeClient<never>({
      DescribeTrainingJob: () => ({ AlgorithmSpecification: {} }),
    });

    expect(await trainingCurves(client, client, "job-a1")).to.deep.equal({});
    expect(sent).to.have.length(1);
  });

  it("goes without the curves of an expression that JavaScript does not know, and of a log that is gone", async () => {
    const python = { Name: "other", Regex: "(?P<loss>x" };
    const { client } = account({
      DescribeTrainingJob: () => ({
        AlgorithmSpecification: { MetricDefinitions: [python, ...definitions] },
      }),
      ...pages([line(0, "3", 4), line(1, "2", 3)]),
    });
    const gone = account({
      FilterLogEvents: () => {
        throw serviceError("ResourceNotFoundException");
      },
    });
    const denied = account({
      FilterLogEvents: () => {
        throw serviceError("AccessDeniedException");
      },
    });

    expect(await trainingCurves(client, client, "job-a1")).to.have.all.keys(
      "validation:rmse",
      "train:rmse",
    );
    expect(await trainingCurves(gone.client, gone.client, "job-a1")).to.deep.equal({});
    const refused = await trainingCurves(denied.client, denied.client, "job-a1").catch(String);
    expect(refused).to.contain("AccessDeniedException");
  });

  it("ends with a log that does not", async () => {
    const { client, sent } = account({
      FilterLogEvents: () => ({
        events: Array.from({ length: 9000 }, (_, round) => ({
          message: line(round, "1", 2),
          logStreamName: "job-a1/algo-1-17",
        })),
        nextToken: "more",
      }),
    });

    const curves = await trainingCurves(client, client, "job-a1");

    expect(curves["validation:rmse"]).to.have.length(27_000);
    expect(sent).to.have.length(4);
  });
});
