import { chmod, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  CreateEndpointCommand,
  CreateModelCommand,
  type CreateTrainingJobRequest,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { ImageStore } from "../../../local/images/image-store.ts";
import { ownImageRunner } from "../../../local/images/own-image-runner.ts";
import { failureOf } from "../../support/failure-of.ts";
import { accountId, region, roleArn } from "../ministack-fixture.ts";
import { channel, createConfig, start, uniqueName } from "../sagemaker/requests.ts";
import { SageMakerCloud } from "../sagemaker/sagemaker-cloud.ts";

const fixture = fileURLToPath(new URL("../../fixtures/own-container", import.meta.url));
const repository = `${accountId}.dkr.ecr.${region}.amazonaws.com/shop-own`;

describe("an image built from a folder", () => {
  let cloud: SageMakerCloud;
  let image: string;
  let folder: string;

  before(async () => {
    cloud = await SageMakerCloud.start();
    image = await build(fixture);
    await cloud.put("data/train/rows.csv", "1,x\n3,x\n");
  });

  after(() => cloud.stop());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "own-"));
    await cp(fixture, folder, { recursive: true });
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function build(from: string): Promise<string> {
    const { digest } = await new ImageStore(cloud.context.stateDir).build(from, "shop-own");
    return `${repository}@${digest}`;
  }

  function train(
    trainingImage: string,
    changes: Partial<CreateTrainingJobRequest> = {},
    regex = "train mean is ([0-9.]+);",
  ) {
    return start(cloud, {
      AlgorithmSpecification: {
        TrainingImage: trainingImage,
        TrainingInputMode: "File",
        MetricDefinitions: [{ Name: "train:mean", Regex: regex }],
      },
      InputDataConfig: [channel("train", "data/train/")],
      ...changes,
    });
  }

  async function serve(servingImage: string): Promise<string> {
    const job = await cloud.ended(await train(image));
    const model = uniqueName("own-model");
    await cloud.sagemaker.send(
      new CreateModelCommand({
        ModelName: model,
        ExecutionRoleArn: roleArn,
        PrimaryContainer: {
          Image: servingImage,
          ModelDataUrl: job.ModelArtifacts?.S3ModelArtifacts,
        },
      }),
    );
    const endpoint = uniqueName("own-endpoint");
    const config = await createConfig(cloud, model);
    await cloud.sagemaker.send(
      new CreateEndpointCommand({ EndpointName: endpoint, EndpointConfigName: config }),
    );
    return endpoint;
  }

  it("trains, with the metrics that the job defines", async () => {
    const job = await cloud.ended(await train(image));

    expect(job.TrainingJobStatus, job.FailureReason).to.equal("Completed");
    expect(
      job.FinalMetricDataList?.map(({ MetricName, Value }) => [MetricName, Value]),
    ).to.deep.equal([["train:mean", 2]]);
    const log = await cloud.logged("/aws/sagemaker/TrainingJobs", String(job.TrainingJobName));
    expect(log).to.include("train mean is 2.0;");
  });

  it("fails with what it writes to its failure file", async () => {
    const name = await train(image, { HyperParameters: { fail: "no rain, no training" } });
    const job = await cloud.ended(name);

    expect(job.TrainingJobStatus).to.equal("Failed");
    expect(job.FailureReason).to.contain("no rain, no training");
  });

  it("serves once /ping is answered, on the port that it is given", async () => {
    const endpoint = await serve(image);

    const { EndpointStatus } = await cloud.settled(endpoint);
    expect(EndpointStatus).to.equal("InService");
    for (const body of ["1", "2"]) {
      const { Body, ContentType } = await cloud.runtime.send(
        new InvokeEndpointCommand({ EndpointName: endpoint, ContentType: "text/csv", Body: body }),
      );
      expect(Buffer.from(Body).toString()).to.equal("2.0");
      expect(ContentType).to.equal("text/csv");
    }
  });

  it("serves with servers that end a response with the connection", async () => {
    const program = `#!/usr/bin/env python3
import os
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"old but well")


HTTPServer(("", int(os.environ["SAGEMAKER_BIND_TO_PORT"])), Handler).serve_forever()
`;
    await writeFile(join(folder, "serve"), program);
    const endpoint = await serve(await build(folder));

    await cloud.settled(endpoint);
    const { Body } = await cloud.runtime.send(
      new InvokeEndpointCommand({ EndpointName: endpoint, ContentType: "text/csv", Body: "1" }),
    );
    expect(Buffer.from(Body).toString()).to.equal("old but well");
  });

  it("does not come into service when its server ends", async () => {
    await writeFile(join(folder, "serve"), "#!/bin/sh\necho cannot serve >&2\nexit 3\n");
    const endpoint = await serve(await build(folder));

    const { EndpointStatus, FailureReason } = await cloud.settled(endpoint);
    expect(EndpointStatus).to.equal("Failed");
    expect(FailureReason).to.contain("did not pass the ping health check");
    const log = await cloud.logged(`/aws/sagemaker/Endpoints/${endpoint}`, "AllTraffic");
    expect(log).to.include("cannot serve");
  });

  it("is another one when a file or its permissions change", async () => {
    const same = await build(folder);
    await chmod(join(folder, "train"), 0o700);
    const changed = await build(folder);

    expect(same).to.equal(image);
    expect(changed).to.not.equal(image);
    expect(ownImageRunner(image, cloud.context.stateDir)?.name).to.equal(
      image.slice(image.indexOf("/") + 1),
    );
  });

  it("is refused by name where it was not built here", async () => {
    const unknown = `${repository}@sha256:${"0".repeat(64)}`;
    const failure = await failureOf(train(unknown));

    expect(failure.message).to.contain(unknown);
    expect(ownImageRunner(`${repository}:latest`, cloud.context.stateDir)).to.equal(undefined);
  });

  it("keeps nothing when its requirements cannot be installed", async () => {
    const store = new ImageStore(join(folder, "state"));
    await writeFile(join(folder, "requirements.txt"), "./nowhere\n");

    const failure = await failureOf(store.build(folder, "shop-own"));

    expect(failure.message).to.contain("container shop-own").and.to.contain("nowhere");
  });
});
