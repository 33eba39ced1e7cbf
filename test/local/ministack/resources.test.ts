import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AddPermissionCommand,
  DeleteFunctionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { createFunction } from "./functions-support.ts";
import { accountId, region, roleArn, startTestCloud, type TestCloud } from "./test-cloud.ts";

/** What the program's resources need of ministack: settings come back as they were given. */
describe("resources of the program", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());

  const nameOf = (error: Error) => error.name;

  it("answers for the account", async () => {
    const { Account } = await cloud.clients.sts.send(new GetCallerIdentityCommand({}));

    expect(Account).to.equal(accountId);
  });

  it("keeps a role, its trust and its inline policies", async () => {
    const { iam } = cloud.clients;
    const trust = (service: string) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: service },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
          },
        ],
      });
    const RoleName = "dev-churn-etl";
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::b/*" }],
    });
    const created = await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: trust("glue.amazonaws.com"),
        Description: "ETL",
        MaxSessionDuration: 3600,
        Tags: [{ Key: "stack", Value: "dev" }],
      }),
    );
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument }));
    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName,
        PolicyDocument: trust("lambda.amazonaws.com"),
      }),
    );

    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    const policy = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: "p" }));

    expect(created.Role?.Arn).to.equal(`arn:aws:iam::${accountId}:role/${RoleName}`);
    expect(Role).to.deep.include({
      Description: "ETL",
      MaxSessionDuration: 3600,
      Tags: [{ Key: "stack", Value: "dev" }],
      Path: "/",
    });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument as string)).to.equal(
      trust("lambda.amazonaws.com"),
    );
    expect(decodeURIComponent(policy.PolicyDocument as string)).to.equal(PolicyDocument);

    expect(await iam.send(new DeleteRoleCommand({ RoleName })).catch(nameOf)).to.equal(
      "DeleteConflictException",
    );
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "p" }));
    const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    expect(PolicyNames).to.deep.equal([]);
    await iam.send(new DeleteRoleCommand({ RoleName }));
    expect(await iam.send(new GetRoleCommand({ RoleName })).catch(nameOf)).to.equal(
      "NoSuchEntityException",
    );
  });

  it("keeps a function's configuration, permission, event invoke config and tags", async () => {
    const { lambda } = cloud.clients;
    const FunctionName = "dev-churn-record-run";
    const arn = await createFunction(cloud, FunctionName, "return 1", {
      Architectures: ["arm64"],
      MemorySize: 256,
      Description: "Records a run",
      Environment: { Variables: { BUCKET: "b" } },
      DeadLetterConfig: { TargetArn: `arn:aws:sqs:${region}:${accountId}:q` },
      TracingConfig: { Mode: "Active" },
      LoggingConfig: { LogFormat: "JSON", LogGroup: "/aws/lambda/dev-churn-record-run" },
      Tags: { stack: "dev" },
    });
    await lambda.send(new TagResourceCommand({ Resource: arn, Tags: { pipeline: "churn" } }));
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 30, MemorySize: 512 }),
    );
    const permission = {
      FunctionName,
      StatementId: "rule",
      Action: "lambda:InvokeFunction",
      Principal: "events.amazonaws.com",
      SourceArn: `arn:aws:events:${region}:${accountId}:rule/r`,
      SourceAccount: accountId,
    };
    await lambda.send(new AddPermissionCommand(permission));
    await lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName,
        MaximumRetryAttempts: 1,
        MaximumEventAgeInSeconds: 3600,
      }),
    );

    const { Configuration, Tags, Code } = await lambda.send(
      new GetFunctionCommand({ FunctionName }),
    );
    const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName }));
    const invokeConfig = await lambda.send(
      new GetFunctionEventInvokeConfigCommand({ FunctionName }),
    );

    expect(Configuration).to.deep.include({
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: roleArn,
      Architectures: ["arm64"],
      MemorySize: 512,
      Timeout: 30,
      Description: "Records a run",
      DeadLetterConfig: { TargetArn: `arn:aws:sqs:${region}:${accountId}:q` },
      PackageType: "Zip",
    });
    expect(Configuration?.Environment?.Variables).to.deep.equal({ BUCKET: "b" });
    expect(Configuration?.TracingConfig).to.deep.equal({ Mode: "Active" });
    expect(Configuration?.LoggingConfig).to.deep.include({
      LogFormat: "JSON",
      LogGroup: "/aws/lambda/dev-churn-record-run",
    });
    expect(Configuration?.CodeSha256).to.match(/^[A-Za-z0-9+/]{43}=$/);
    expect(Code?.RepositoryType).to.equal("S3");
    expect(Tags).to.deep.equal({ stack: "dev", pipeline: "churn" });
    expect(JSON.parse(Policy as string).Statement).to.deep.equal([
      {
        Sid: "rule",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "lambda:InvokeFunction",
        Resource: arn,
        Condition: {
          StringEquals: { "AWS:SourceAccount": accountId },
          ArnLike: { "AWS:SourceArn": permission.SourceArn },
        },
      },
    ]);
    expect(invokeConfig).to.deep.include({
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 3600,
    });

    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: "rule" }));
    await lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
    expect(await lambda.send(new GetPolicyCommand({ FunctionName })).catch(nameOf)).to.equal(
      "ResourceNotFoundException",
    );
    await lambda.send(new DeleteFunctionCommand({ FunctionName }));
    expect(
      await lambda.send(new GetFunctionConfigurationCommand({ FunctionName })).catch(nameOf),
    ).to.equal("ResourceNotFoundException");
  });
});
