import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import {
  CreateEndpointCommand,
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  ListEndpointsCommand,
  UpdateEndpointCommand,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { eventually } from "../../support/eventually.ts";
import { failureOf } from "../../support/failure-of.ts";
import { createConfig, createEndpoint, createModel, uniqueName, variant } from "./requests.ts";
import { arnOf, bucket, SageMakerCloud } from "./sagemaker-cloud.ts";

describe("SageMaker endpoints", () => {
  let cloud: SageMakerCloud;

  before(async () => {
    cloud = await SageMakerCloud.start();
  });

  after(() => cloud.stop());

  it("is Creating first, and InService once its worker answers", async () => {
    const name = uniqueName("endpoint");
    const config = await createConfig(cloud, await createModel(cloud, "one"));

    const { EndpointArn: arn } = await cloud.sagemaker.send(
      new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: config }),
    );
    const creating = await describe_(name);
    const early = await failureOf(ask(name));
    const endpoint = await cloud.settled(name);

    expect(arn).equal(arnOf("endpoint", name));
    expect(creating.EndpointStatus).equal("Creating");
    expect(creating.PendingDeploymentSummary?.EndpointConfigName).equal(config);
    expect(early.message).equal(`Endpoint ${name} of account 000000000000 not found.`);
    expect(endpoint.EndpointStatus).equal("InService");
    expect(endpoint.PendingDeploymentSummary).equal(undefined);
    expect(endpoint.ProductionVariants?.[0]).include({
      VariantName: "AllTraffic",
      CurrentWeight: 1,
      DesiredInstanceCount: 1,
    });
    expect((await ask(name)).model).equal("one");
    expect((await ask(name)).environment).equal("hello");
  });

  it("fails when the container does not come up, with its log in CloudWatch", async () => {
    const name = uniqueName("endpoint");
    const config = await createConfig(cloud, await createModel(cloud, "broken"));

    await create(name, config);
    const endpoint = await cloud.settled(name);

    expect(endpoint.EndpointStatus).equal("Failed");
    expect(endpoint.FailureReason).equal(
      "The primary container for production variant AllTraffic did not pass the ping health check. Please check CloudWatch logs for this endpoint.",
    );
    expect(await cloud.logged(`/aws/sagemaker/Endpoints/${name}`, "AllTraffic/i-")).deep.equal([
      "this model is broken",
    ]);
    const update = await failureOf(
      cloud.sagemaker.send(
        new UpdateEndpointCommand({ EndpointName: name, EndpointConfigName: config }),
      ),
    );
    expect(update.name).equal("ValidationException");
  });

  it("fails when the model's archive is gone, or is none", async () => {
    const gone = await createModel(cloud, "gone");
    await cloud.context.s3.send(
      new DeleteObjectCommand({ Bucket: bucket, Key: `artefacts/${gone}/model.tar.gz` }),
    );
    const garbled = await createModel(cloud, "garbled");
    await cloud.put(`artefacts/${garbled}/model.tar.gz`, "no archive");
    const reasons = [];
    for (const model of [gone, garbled]) {
      const name = uniqueName("endpoint");
      await create(name, await createConfig(cloud, model));

      reasons.push((await cloud.settled(name)).FailureReason);
    }

    expect(reasons[0]).match(/^Failed to download model data for container "container_1" from URL/);
    expect(reasons[1]).match(/^Failed to extract model data archive for container "container_1"/);
  });

  it("switches to another model without one failed request", async () => {
    const name = await createEndpoint(cloud, "old");
    const config = await createConfig(cloud, await createModel(cloud, "new"));
    const answers: string[] = [];
    let asking = true;
    const clients = Array.from({ length: 4 }, async () => {
      while (asking) answers.push((await ask(name)).model);
    });
    const slow = ask(name, "slow");

    await cloud.sagemaker.send(
      new UpdateEndpointCommand({ EndpointName: name, EndpointConfigName: config }),
    );
    const during = await describe_(name);
    const after = await cloud.settled(name);
    const next = (await ask(name)).model;
    asking = false;
    await Promise.all(clients);

    expect(during.EndpointStatus).equal("Updating");
    expect(after).include({ EndpointStatus: "InService", EndpointConfigName: config });
    expect(after.FailureReason).equal(undefined);
    expect(next).equal("new");
    expect((await slow).model).equal("old");
    expect(new Set(answers)).deep.equal(new Set(["old", "new"]));
  });

  it("ends the old worker after the switch", async () => {
    const name = await createEndpoint(cloud, "old");
    const { pid } = await ask(name);
    const config = await createConfig(cloud, await createModel(cloud, "new"));

    await update(name, config);
    await cloud.settled(name);

    await eventually(async () => (alive(pid) ? undefined : true));
    expect(alive((await ask(name)).pid)).equal(true);
  });

  it("keeps serving the old model when the new one does not come up", async () => {
    const name = await createEndpoint(cloud, "good");
    const { EndpointConfigName: before } = await describe_(name);
    const bad = await createConfig(cloud, await createModel(cloud, "broken"));

    await update(name, bad);
    const endpoint = await cloud.settled(name);

    expect(endpoint).include({ EndpointStatus: "InService", EndpointConfigName: before });
    expect(endpoint.FailureReason).match(/did not pass the ping health check/);
    expect((await ask(name)).model).equal("good");
    const good = await createConfig(cloud, await createModel(cloud, "better"));
    await update(name, good);
    expect((await cloud.settled(name)).FailureReason).equal(undefined);
  });

  it("refuses changes while one is under way", async () => {
    const name = uniqueName("endpoint");
    const config = await createConfig(cloud, await createModel(cloud, "one"));
    await create(name, config);

    const errors = [
      await failureOf(update(name, config)),
      await failureOf(cloud.sagemaker.send(new DeleteEndpointCommand({ EndpointName: name }))),
    ];
    await cloud.settled(name);

    for (const error of errors) {
      expect(error.name).equal("ValidationException");
      expect(error.message).equal(
        `Cannot update in-progress endpoint "${arnOf("endpoint", name)}".`,
      );
    }
  });

  it("words missing and taken names as AWS does", async () => {
    const name = await createEndpoint(cloud, "one");
    const { EndpointConfigName: config } = await describe_(name);

    const messages = [
      await failureOf(create(name, config as string)),
      await failureOf(create("other", "nothing")),
      await failureOf(describe_("nobody")),
      await failureOf(update("nobody", config as string)),
      await failureOf(update(name, "nothing")),
    ].map((error) => error.message);

    expect(messages).deep.equal([
      `Cannot create already existing endpoint "${arnOf("endpoint", name)}".`,
      `Could not find endpoint configuration "${arnOf("endpoint-config", "nothing")}".`,
      `Could not find endpoint "${arnOf("endpoint", "nobody")}".`,
      `Could not find endpoint "${arnOf("endpoint", "nobody")}".`,
      `Could not find endpoint configuration "${arnOf("endpoint-config", "nothing")}".`,
    ]);
  });

  it("deletes an endpoint with its worker", async () => {
    const name = await createEndpoint(cloud, "one");
    const { pid } = await ask(name);

    await cloud.sagemaker.send(new DeleteEndpointCommand({ EndpointName: name }));

    const error = await eventually(() =>
      describe_(name).then(
        () => undefined,
        (e: Error) => e,
      ),
    );
    expect(error.message).equal(`Could not find endpoint "${arnOf("endpoint", name)}".`);
    expect(alive(pid)).equal(false);
    expect((await failureOf(ask(name))).name).equal("ValidationError");
  });

  it("keeps capacity and weight through an update that asks for it", async () => {
    const name = await createEndpoint(cloud, "one");
    await adjust(name, { DesiredInstanceCount: 3, DesiredWeight: 5 });
    const config = await createConfig(cloud, await createModel(cloud, "two"));
    const properties = async (more: object) => {
      await update(name, config, more);
      const [shown] = (await cloud.settled(name)).ProductionVariants ?? [];
      return [shown?.CurrentInstanceCount, shown?.DesiredInstanceCount, shown?.CurrentWeight];
    };

    const all = await properties({ RetainAllVariantProperties: true });
    const weightOnly = await properties({
      RetainAllVariantProperties: true,
      ExcludeRetainedVariantProperties: [{ VariantPropertyType: "DesiredInstanceCount" }],
    });
    const none = await properties({});

    expect(all).deep.equal([3, 3, 5]);
    expect(weightOnly).deep.equal([1, 1, 5]);
    expect(none).deep.equal([1, 1, 1]);
  });

  it("divides requests by weight, unless a variant is asked for", async () => {
    const models = [await createModel(cloud, "a"), await createModel(cloud, "b")] as const;
    const config = await createConfig(cloud, models[0], {
      ProductionVariants: [variant("A", models[0], 1), variant("B", models[1], 0)],
    });
    const name = uniqueName("endpoint");
    await create(name, config);
    await cloud.settled(name);

    const byWeight = await Promise.all(Array.from({ length: 20 }, () => ask(name)));
    const asked = await ask(name, "x", { TargetVariant: "B" });
    await adjust(name, { DesiredWeight: 0 }, "A");
    await adjust(name, { DesiredWeight: 1 }, "B");
    const moved = await Promise.all(Array.from({ length: 20 }, () => ask(name)));

    expect(new Set(byWeight.map((answer) => answer.model))).deep.equal(new Set(["a"]));
    expect(asked).include({ model: "b", variant: "B" });
    expect(new Set(moved.map((answer) => answer.model))).deep.equal(new Set(["b"]));
    const error = await failureOf(ask(name, "x", { TargetVariant: "C" }));
    expect(error.message).equal(`Variant C not found for endpoint ${name}.`);
  });

  it("serves again after a restart, without the model's archive", async () => {
    const name = await createEndpoint(cloud, "kept");
    const before = await describe_(name);
    const { pid } = await ask(name);

    await cloud.restart();

    expect(alive(pid)).equal(false);
    expect((await describe_(name)).EndpointStatus).equal("InService");
    expect((await ask(name)).model).equal("kept");
    expect((await describe_(name)).EndpointConfigName).equal(before.EndpointConfigName);
  });

  it("starts a worker again that ended by itself", async () => {
    const name = await createEndpoint(cloud, "one");
    const { pid } = await ask(name);

    const crash = await failureOf(ask(name, "crash"));
    const answer = await eventually(() => ask(name).catch(() => undefined));

    expect(crash.name).equal("ModelError");
    expect(crash.message).include("could not get a response");
    expect(answer.pid).not.equal(pid);
  });

  it("lists endpoints, newest first", async () => {
    const names = [await createEndpoint(cloud, "one"), await createEndpoint(cloud, "two")];

    const { Endpoints: found = [] } = await cloud.sagemaker.send(
      new ListEndpointsCommand({ StatusEquals: "InService", MaxResults: 2 }),
    );

    expect(found.map((endpoint) => endpoint.EndpointName)).deep.equal(names.reverse());
  });

  const describe_ = (name: string) =>
    cloud.sagemaker.send(new DescribeEndpointCommand({ EndpointName: name }));

  const create = (name: string, config: string) =>
    cloud.sagemaker.send(
      new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: config }),
    );

  const update = (name: string, config: string, more: object = {}) =>
    cloud.sagemaker.send(
      new UpdateEndpointCommand({ EndpointName: name, EndpointConfigName: config, ...more }),
    );

  const adjust = (name: string, wanted: object, variantName = "AllTraffic") =>
    cloud.sagemaker.send(
      new UpdateEndpointWeightsAndCapacitiesCommand({
        EndpointName: name,
        DesiredWeightsAndCapacities: [{ VariantName: variantName, ...wanted }],
      }),
    );

  async function ask(name: string, body = "x", more: object = {}) {
    const answer = await cloud.runtime.send(
      new InvokeEndpointCommand({ EndpointName: name, Body: body, ...more }),
    );
    const seen = JSON.parse(Buffer.from(answer.Body ?? []).toString()) as {
      model: string;
      pid: number;
      environment: string;
    };
    return { ...seen, variant: answer.InvokedProductionVariant };
  }

  function alive(pid: number): boolean {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  }
});
