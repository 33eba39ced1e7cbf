import {
  CreateEndpointCommand,
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  DescribeTrainingJobCommand,
  UpdateEndpointCommand,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { parseFault } from "../../../local/faults/fault.ts";
import { eventually } from "../../support/eventually.ts";
import { failureOf } from "../../support/failure-of.ts";
import { createConfig, createEndpoint, createModel, start, uniqueName } from "./requests.ts";
import { bucket, SageMakerCloud } from "./sagemaker-cloud.ts";

describe("faults of SageMaker", () => {
  let cloud: SageMakerCloud;

  before(async () => {
    cloud = await SageMakerCloud.start();
    await cloud.put("data/train/part-0.csv", "1,2\n");
  });

  after(() => cloud.stop());

  const strike = (...faults: string[]) => cloud.context.faults.replace(faults.map(parseFault));
  const steps = async (name: string) => {
    const job = await cloud.ended(name);
    return job.SecondaryStatusTransitions?.map((step) => step.Status).join(" ");
  };
  const spot = {
    EnableManagedSpotTraining: true,
    StoppingCondition: { MaxRuntimeInSeconds: 600, MaxWaitTimeInSeconds: 1200 },
  };

  it("ends jobs as the algorithm, a person and want of capacity do", async () => {
    strike("training-algorithm-error", "training-no-capacity@2", "training-stopped@2");
    const one = await cloud.ended(await start(cloud));
    const two = await cloud.ended(await start(cloud));
    // The second job never came to train: it is the third that is stopped.
    const stopped = await cloud.ended(await start(cloud, { HyperParameters: { wait: "save" } }));
    const four = await cloud.ended(await start(cloud));

    expect(one.FailureReason).equal(
      "AlgorithmError: the fault training-algorithm-error ended the algorithm, exit code: 1",
    );
    expect(two.FailureReason).match(/^CapacityError: /);
    expect(stopped.TrainingJobStatus).equal("Stopped");
    expect(four.TrainingJobStatus).equal("Completed");
  });

  it("completes a job without its metrics", async () => {
    strike("training-without-metric");
    const print = JSON.stringify(["[0]\ttrain-error:0.3"]);
    const silent = await cloud.ended(await start(cloud, { HyperParameters: { print } }));
    const next = await cloud.ended(await start(cloud, { HyperParameters: { print } }));

    expect(silent.TrainingJobStatus).equal("Completed");
    expect(silent.FinalMetricDataList).deep.equal([]);
    expect(next.FinalMetricDataList?.[0]).include({ MetricName: "train:error", Value: 0.3 });
  });

  it("takes a spot job's instance away once it has a checkpoint, and starts it again with that", async () => {
    strike("spot-interrupted");
    const name = await start(cloud, {
      ...spot,
      HyperParameters: { resume: "weights" },
      CheckpointConfig: { S3Uri: `s3://${bucket}/interrupted/` },
    });

    expect(await steps(name)).equal(
      "Starting Downloading Training Interrupted Starting Downloading Training Uploading Completed",
    );
    const { TrainingStartTime, SecondaryStatusTransitions } = await cloud.sagemaker.send(
      new DescribeTrainingJobCommand({ TrainingJobName: name }),
    );
    expect(TrainingStartTime).deep.equal(SecondaryStatusTransitions?.[1]?.StartTime);
  });

  it("interrupts a spot job without checkpoints too, as often as asked for, and no other job", async () => {
    strike("spot-interrupted:2");

    expect(await steps(await start(cloud))).not.contain("Interrupted");
    expect(await steps(await start(cloud, spot))).equal(
      "Starting Downloading Training Interrupted Starting Downloading Training Interrupted " +
        "Starting Downloading Training Uploading Completed",
    );
  });

  it("fails to create an endpoint, then creates it", async () => {
    strike("create-endpoint-fails");
    const name = uniqueName("endpoint");
    const EndpointConfigName = await createConfig(cloud, await createModel(cloud, "one"));
    const create = new CreateEndpointCommand({ EndpointName: name, EndpointConfigName });
    await cloud.sagemaker.send(create);
    const failed = await cloud.settled(name);
    await cloud.sagemaker.send(new DeleteEndpointCommand({ EndpointName: name }));
    const describe_ = new DescribeEndpointCommand({ EndpointName: name });
    await eventually(() => failureOf(cloud.sagemaker.send(describe_)).catch(() => undefined));
    await cloud.sagemaker.send(create);

    expect(failed.EndpointStatus).equal("Failed");
    expect(failed.FailureReason).match(/did not pass the ping health check/);
    expect((await cloud.settled(name)).EndpointStatus).equal("InService");
  });

  it("rolls an update back; the endpoint answers as before", async () => {
    strike("update-endpoint-rolls-back");
    const name = await createEndpoint(cloud, "old");
    const EndpointConfigName = await createConfig(cloud, await createModel(cloud, "new"));
    await cloud.sagemaker.send(
      new UpdateEndpointCommand({ EndpointName: name, EndpointConfigName }),
    );
    const settled = await cloud.settled(name);
    const { Body } = await cloud.runtime.send(
      new InvokeEndpointCommand({ EndpointName: name, Body: "{}" }),
    );

    expect(settled.EndpointConfigName).not.equal(EndpointConfigName);
    expect(settled.FailureReason).match(/did not pass the ping health check/);
    expect(JSON.parse(Buffer.from(Body).toString()).model).equal("old");
  });

  it("leaves an endpoint Creating until it ends, and Failed after the next start", async () => {
    strike("endpoint-stays-creating");
    const name = uniqueName("endpoint");
    const EndpointConfigName = await createConfig(cloud, await createModel(cloud, "one"));
    await cloud.sagemaker.send(
      new CreateEndpointCommand({ EndpointName: name, EndpointConfigName }),
    );
    await createEndpoint(cloud, "two");
    const { EndpointStatus } = await cloud.sagemaker.send(
      new DescribeEndpointCommand({ EndpointName: name }),
    );

    await cloud.restart();

    expect(EndpointStatus).equal("Creating");
    expect((await cloud.settled(name)).EndpointStatus).equal("Failed");
  });
});
