import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import {
  CreateTransformJobCommand,
  type CreateTransformJobRequest,
  DeleteModelCommand,
  DescribeTransformJobCommand,
  type DescribeTransformJobResponse,
  ListTagsCommand,
  ListTransformJobsCommand,
  StopTransformJobCommand,
} from "@aws-sdk/client-sagemaker";
import { expect } from "chai";
import { eventually } from "../../support/eventually.ts";
import { failureOf } from "../../support/failure-of.ts";
import { createModel, uniqueName } from "./requests.ts";
import { arnOf, bucket, SageMakerCloud } from "./sagemaker-cloud.ts";

const logGroup = "/aws/sagemaker/TransformJobs";

describe("SageMaker transform jobs", () => {
  let cloud: SageMakerCloud;
  let model: string;

  before(async () => {
    cloud = await SageMakerCloud.start();
    model = await createModel(cloud, "one");
    await cloud.put("batch/in/part-0.csv", "9,1,2\n8,3,4\n");
    await cloud.put("batch/in/more/part-1.csv", "7,5,6\n");
    await cloud.put("batch/faulty/a.csv", "status 503\nstatus 404\n");
    await cloud.put("batch/faulty/b.csv", "1,2\n");
    await cloud.put("batch/slow/a.csv", "slow\n".repeat(200));
  });

  after(() => cloud.stop());

  function request(
    prefix: string,
    changes: Partial<CreateTransformJobRequest> = {},
  ): CreateTransformJobRequest {
    const name = uniqueName("transform");
    return {
      TransformJobName: name,
      ModelName: model,
      TransformInput: {
        DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://${bucket}/${prefix}` } },
        ContentType: "text/csv",
        SplitType: "Line",
      },
      TransformOutput: { S3OutputPath: `s3://${bucket}/out/${name}/`, AssembleWith: "Line" },
      TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 1 },
      ...changes,
    };
  }

  async function start(prefix: string, changes: Partial<CreateTransformJobRequest> = {}) {
    const input = request(prefix, changes);
    await cloud.sagemaker.send(new CreateTransformJobCommand(input));
    return input.TransformJobName as string;
  }

  const describe_ = (TransformJobName: string): Promise<DescribeTransformJobResponse> =>
    cloud.sagemaker.send(new DescribeTransformJobCommand({ TransformJobName }));

  const ended = (name: string) =>
    eventually(async () => {
      const job = await describe_(name);
      const going = ["InProgress", "Stopping"].includes(job.TransformJobStatus as string);
      return going ? undefined : job;
    });

  /** The output objects of a job, by key below its folder. */
  async function output(name: string): Promise<Record<string, string>> {
    const prefix = `out/${name}/`;
    const { Contents: contents = [] } = await cloud.context.s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
    );
    const texts = contents.map(async ({ Key = "" }) => {
      const object = await cloud.context.s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return [Key.slice(prefix.length), await object.Body?.transformToString()] as const;
    });
    return Object.fromEntries(await Promise.all(texts)) as Record<string, string>;
  }

  const answers = (text: string | undefined): Record<string, unknown>[] =>
    (text ?? "")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));

  it("sends objects whole where they are not split, and writes an object for each", async () => {
    const input = request("batch/in/");
    const name = await start("batch/in/", {
      TransformInput: { DataSource: input.TransformInput?.DataSource, ContentType: "text/csv" },
      TransformOutput: { S3OutputPath: `s3://${bucket}/out/only`, Accept: "application/json" },
    });

    const job = await ended(name);

    expect(job.FailureReason).equal(undefined);
    expect(job.TransformJobStatus).equal("Completed");
    expect(job.TransformStartTime?.getTime()).least(job.CreationTime?.getTime() as number);
    expect(job.TransformEndTime).instanceOf(Date);
    const made = await output("only");
    expect(Object.keys(made)).deep.equal(["more/part-1.csv.out", "part-0.csv.out"]);
    expect(JSON.parse(made["part-0.csv.out"] as string)).include({
      model: "one",
      path: "/invocations",
      contentType: "text/csv",
      accept: "application/json",
      environment: "hello",
      body: "9,1,2\n8,3,4\n",
    });
  });

  it("filters columns, sends each record and keeps their order", async () => {
    const name = await start("batch/in/part", {
      BatchStrategy: "SingleRecord",
      MaxConcurrentTransforms: 4,
      DataProcessing: { InputFilter: "$[1:]" },
      Environment: { GREETING: "from the job" },
    });

    await ended(name);

    const made = await output(name);
    expect(Object.keys(made)).deep.equal(["part-0.csv.out"]);
    const seen = answers(made["part-0.csv.out"]);
    expect(seen.map(({ body }) => body)).deep.equal(["1,2", "3,4"]);
    expect(seen[0]).include({ environment: "from the job" });
  });

  it("logs the container's lines and its own, and gives the tags back", async () => {
    const name = await start("batch/in/", { Tags: [{ Key: "run", Value: "1" }] });

    await ended(name);

    const lines = await cloud.logged(logGroup, `${name}/i-`);
    expect(lines).include("serving container");
    expect(lines.join("\n")).include(
      ":[sagemaker logs]: MaxConcurrentTransforms=1, MaxPayloadInMB=6, BatchStrategy=MULTI_RECORD",
    );
    const { Tags } = await cloud.sagemaker.send(
      new ListTagsCommand({ ResourceArn: arnOf("transform-job", name) }),
    );
    expect(Tags).deep.equal([{ Key: "run", Value: "1" }]);
  });

  it("fails when an object fails, and keeps the output of the others", async () => {
    const name = await start("batch/faulty/", {
      BatchStrategy: "SingleRecord",
      ModelClientConfig: { InvocationsMaxRetries: 1 },
    });

    const job = await ended(name);

    expect(job.TransformJobStatus).equal("Failed");
    expect(job.FailureReason).equal("AlgorithmError: See job logs for more information");
    expect(Object.keys(await output(name))).deep.equal(["b.csv.out"]);
    const lines = (await cloud.logged(logGroup, `${name}/i-`)).join("\n");
    expect(lines.match(/a\.csv: Bad HTTP status: 503/g)).length(2);
    expect(lines).include("a.csv: status 503");
  });

  it("blames the client for what the model refuses", async () => {
    await cloud.put("batch/refused/a.csv", "status 404");
    const name = await start("batch/refused/");

    const job = await ended(name);

    expect(job.FailureReason).equal("ClientError: See job logs for more information");
    const lines = (await cloud.logged(logGroup, `${name}/i-`)).join("\n");
    expect(lines.match(/a\.csv: ClientError: 404/g)).length(1);
  });

  it("fails when the container ends, never starts, or the input is not there", async () => {
    await cloud.put("batch/crash/a.csv", "crash");
    const broken = await createModel(cloud, "broken");
    const reasons = await Promise.all(
      [
        start("batch/crash/"),
        start("batch/in/", { ModelName: broken }),
        start("batch/nothing/"),
      ].map(async (name) => (await ended(await name)).FailureReason),
    );

    expect(reasons).deep.equal([
      "AlgorithmError: See job logs for more information",
      "AlgorithmError: See job logs for more information",
      `ClientError: No S3 objects found under S3 URL s3://${bucket}/batch/nothing/`,
    ]);
  });

  it("stops a job without output", async () => {
    const name = await start("batch/slow/", { BatchStrategy: "SingleRecord" });
    await eventually(async () => {
      const lines = await cloud.logged(logGroup, `${name}/i-`).catch((): string[] => []);
      return lines.some((line) => line.includes("POST /invocations")) || undefined;
    });

    await cloud.sagemaker.send(new StopTransformJobCommand({ TransformJobName: name }));
    const job = await ended(name);

    expect(job.TransformJobStatus).equal("Stopped");
    expect(job.FailureReason).equal(undefined);
    expect(await output(name)).deep.equal({});
    const again = await failureOf(
      cloud.sagemaker.send(new StopTransformJobCommand({ TransformJobName: name })),
    );
    expect(again.message).include("is in status Stopped");
  });

  it("goes on when its model is deleted", async () => {
    const own = await createModel(cloud, "gone soon");
    const name = await start("batch/in/", { ModelName: own });
    await cloud.sagemaker.send(new DeleteModelCommand({ ModelName: own }));

    expect((await ended(name)).TransformJobStatus).equal("Completed");
  });

  for (const [what, changes] of [
    ["CompressionType Gzip", { TransformInput: { CompressionType: "Gzip" } }],
    ["SplitType RecordIO", { TransformInput: { SplitType: "RecordIO" } }],
    ["DataProcessing.JoinSource Input", { DataProcessing: { JoinSource: "Input" } }],
    ["DataProcessing.OutputFilter $[0]", { DataProcessing: { OutputFilter: "$[0]" } }],
    ["DataProcessing.InputFilter $.a", { DataProcessing: { InputFilter: "$.a" } }],
    ["MaxPayloadInMB 0", { MaxPayloadInMB: 0 }],
    ["MaxPayloadInMB must be at most 100", { MaxPayloadInMB: 101 }],
    ["it is 20 * 6", { MaxConcurrentTransforms: 20 }],
    ["InstanceCount 2", { TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 2 } }],
    ["DataCaptureConfig", { DataCaptureConfig: { DestinationS3Uri: "s3://a/b" } }],
    ['Could not find model "arn:aws:', { ModelName: "nobody" }],
  ] as [string, Partial<CreateTransformJobRequest>][]) {
    it(`refuses: ${what}`, async () => {
      const input = request("batch/in/", changes);
      const whole = request("batch/in/").TransformInput;

      const error = await failureOf(
        cloud.sagemaker.send(
          new CreateTransformJobCommand({
            ...input,
            TransformInput: { ...whole, ...changes.TransformInput } as typeof whole,
          }),
        ),
      );

      expect(error.name).equal("ValidationException");
      expect(error.message).include(what);
    });
  }

  it("refuses a name that was used, and knows none that was not", async () => {
    const name = await start("batch/in/");

    const taken = await failureOf(start("batch/in/", { TransformJobName: name }));
    const unknown = await failureOf(describe_("nobody"));

    expect(taken.name).equal("ResourceInUse");
    expect(unknown.message).equal("Could not find requested job with name: nobody");
    await ended(name);
  });

  it("lists jobs, newest first, and says after a restart that interrupted ones failed", async () => {
    const done = await start("batch/in/", { TransformJobName: "listed-a" });
    await ended(done);
    const running = await start("batch/slow/", {
      TransformJobName: "listed-b",
      BatchStrategy: "SingleRecord",
    });

    await cloud.restart();

    const { TransformJobSummaries: jobs = [] } = await cloud.sagemaker.send(
      new ListTransformJobsCommand({ NameContains: "listed" }),
    );
    expect(jobs.map((job) => [job.TransformJobName, job.TransformJobStatus])).deep.equal([
      [running, "Failed"],
      [done, "Completed"],
    ]);
    expect(jobs[0]?.FailureReason).match(/^InternalServerError: /);
  });
});
