import { IAMClient } from "@aws-sdk/client-iam";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  CreateTrainingJobCommand,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { createExecutionRole, putStatements } from "../../support/execution-role.ts";
import { failureOf } from "../../support/failure-of.ts";
import { accountId, region } from "../ministack-fixture.ts";
import { archiveOf, createEndpoint, start, trainingJob, uniqueName, variant } from "./requests.ts";
import { bucket, fakeImage, SageMakerCloud } from "./sagemaker-cloud.ts";

const user = { region, credentials: { accessKeyId: "test", secretAccessKey: "test" } };

const allow = (Action: string | string[]) => ({ Effect: "Allow" as const, Action, Resource: "*" });
const everything = ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "ecr:*", "logs:*"];
const allBut = (action: string) => [allow(everything.filter((other) => other !== action))];

describe("the role of a job or a model", () => {
  let cloud: SageMakerCloud;
  let iam: IAMClient;
  let roleArn: string;
  const role = "narrow";
  const url = `s3://${bucket}/artefacts/narrow/model.tar.gz`;

  before(async () => {
    cloud = await SageMakerCloud.start();
    const place = { ...user, endpoint: cloud.context.endpointUrl };
    iam = new IAMClient(place);
    roleArn = await createExecutionRole(place, role);
    await cloud.put("data/train/a.csv", "1,2\n");
    await cloud.put("artefacts/narrow/model.tar.gz", await archiveOf("one"));
  });

  after(async () => {
    iam.destroy();
    await cloud.stop();
  });

  it("has to be one that SageMaker may assume", async () => {
    const unknown = `arn:aws:iam::${accountId}:role/unknown`;

    const error = await failureOf(start(cloud, { RoleArn: unknown }));

    expect(error).include({
      name: "ValidationException",
      message: `Could not assume role ${unknown}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
    });
  });

  it("has to be allowed to pull the image of a job", async () => {
    await putStatements(iam, role, [allow(["s3:*", "logs:*"])]);

    const error = await failureOf(
      cloud.sagemaker.send(new CreateTrainingJobCommand(trainingJob({ RoleArn: roleArn }))),
    );

    expect(error.name).equal("ValidationException");
    expect(error.message).match(
      /^Access denied for repository: fake-algorithm in registry ID: 000000000000\. Please check .* role arn:aws:iam::000000000000:role\/narrow has proper pull permissions/,
    );
    expect(error.message).include("ecr:GetAuthorizationToken");
  });

  it("has to be allowed to list a job's inputs", async () => {
    await putStatements(iam, role, allBut("s3:ListBucket"));

    const error = await failureOf(start(cloud, { RoleArn: roleArn }));

    expect(error.message).match(/No S3 objects found .* the role ".*narrow" has "s3:ListBucket"/);
  });

  for (const [action, words] of [
    ["s3:GetObject", "ClientError: Data download failed:"],
    ["s3:PutObject", "ClientError: Artifact upload failed:"],
  ] as const) {
    it(`fails its job where it lacks ${action}`, async () => {
      await putStatements(iam, role, allBut(action));

      const job = await cloud.ended(await start(cloud, { RoleArn: roleArn }));

      expect(job.TrainingJobStatus).equal("Failed");
      expect(job.FailureReason).match(new RegExp(`^${words}`));
      expect(job.FailureReason).include(`assumed-role/narrow/SageMaker`);
      expect(job.FailureReason).include(action);
    });
  }

  it("costs a job its log alone where it may not write one", async () => {
    await putStatements(iam, role, allBut("logs:*"));

    const job = await cloud.ended(await start(cloud, { RoleArn: roleArn }));

    expect(job.TrainingJobStatus).equal("Completed");
    expect(cloud.logLines.join("\n")).match(
      new RegExp(`${job.TrainingJobName}: log lines were lost: .*logs:CreateLogStream`),
    );
  });

  it("has to be allowed to read its model's data", async () => {
    await putStatements(iam, role, allBut("s3:GetObject"));

    const error = await failureOf(createModel());

    expect(error.name).equal("ValidationException");
    expect(error.message).match(
      /^Could not access model data at s3:.* role "arn:aws:iam::000000000000:role\/narrow" exists .* "s3:GetObject"/,
    );
  });

  it("is told of a model that is not there only where it may list the bucket", async () => {
    const gone = `s3://${bucket}/artefacts/gone/model.tar.gz`;

    await putStatements(iam, role, allBut("s3:ListBucket"));
    const hidden = await failureOf(createModel(gone));
    await putStatements(iam, role, allBut("nothing"));
    const missing = await failureOf(createModel(gone));

    expect(hidden.message).match(/^Could not access model data/);
    expect(missing.message).equal(`Could not find model data at ${gone}.`);
  });

  it("fails its endpoint where it may not pull the image", async () => {
    await putStatements(iam, role, [allow("s3:*"), allow(["ecr:GetAuthorizationToken"])]);
    const model = await createModel();
    const name = uniqueName("endpoint");
    await cloud.sagemaker.send(
      new CreateEndpointConfigCommand({
        EndpointConfigName: name,
        ProductionVariants: [variant("AllTraffic", model)],
      }),
    );
    await cloud.sagemaker.send(
      new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }),
    );

    const endpoint = await cloud.settled(name);

    expect(endpoint.EndpointStatus).equal("Failed");
    expect(endpoint.FailureReason).equal(
      `The role '${roleArn}' does not have BatchCheckLayerAvailability permission for the image: '${fakeImage}'.`,
    );
  });

  it("may invoke the endpoints that its policies name", async () => {
    const endpoint = await createEndpoint(cloud, "one");
    const { accessKeyId, secretAccessKey, sessionToken } = await cloud.context.identity.assume({
      roleArn,
      servicePrincipal: "sagemaker.amazonaws.com",
      sessionName: "caller",
    });
    const runtime = new SageMakerRuntimeClient({
      endpoint: cloud.url,
      region,
      credentials: { accessKeyId, secretAccessKey, sessionToken },
    });
    const invoke = () =>
      runtime.send(new InvokeEndpointCommand({ EndpointName: endpoint, Body: "1" }));

    await putStatements(iam, role, [allow("s3:*")]);
    const denied = await failureOf(invoke());
    await putStatements(iam, role, [allow("sagemaker:InvokeEndpoint")]);
    const { $metadata: allowed } = await invoke();

    runtime.destroy();
    expect(denied.name).equal("AccessDeniedException");
    expect(denied.message).equal(
      `User: arn:aws:sts::000000000000:assumed-role/narrow/caller is not authorized to perform: sagemaker:InvokeEndpoint on resource: arn:aws:sagemaker:us-east-2:000000000000:endpoint/${endpoint} because no identity-based policy allows the sagemaker:InvokeEndpoint action`,
    );
    expect(allowed.httpStatusCode).equal(200);
  });

  async function createModel(ModelDataUrl = url): Promise<string> {
    const ModelName = uniqueName("narrow");
    await cloud.sagemaker.send(
      new CreateModelCommand({
        ModelName,
        ExecutionRoleArn: roleArn,
        PrimaryContainer: { Image: fakeImage, ModelDataUrl },
      }),
    );
    return ModelName;
  }
});
