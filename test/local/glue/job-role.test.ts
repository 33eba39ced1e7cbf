import { StartJobRunCommand } from "@aws-sdk/client-glue";
import { IAMClient } from "@aws-sdk/client-iam";
import { expect } from "chai";
import { createExecutionRole, putStatements } from "../../support/execution-role.ts";
import { failureOf } from "../../support/failure-of.ts";
import { accountId, region } from "../ministack-fixture.ts";
import { bucket, GlueCloud } from "./glue-cloud.ts";

const user = { region, credentials: { accessKeyId: "test", secretAccessKey: "test" } };

const allow = (Action: string[], Resource: string | string[] = "*") => ({
  Effect: "Allow" as const,
  Action,
  Resource,
});
const code = `arn:aws:s3:::${bucket}/code/*`;
const logs = allow(["logs:*"]);
const list = allow(["s3:ListBucket"]);

/** Copies a file, and prints whose keys it has: the driver's, and those of a Python process of Spark. */
const copying = `
import os, sys
from awsglue.utils import getResolvedOptions
from pyspark.sql import SparkSession
args = getResolvedOptions(sys.argv, ["from_path", "to_path"])
spark = SparkSession.builder.getOrCreate()
spark.read.text(args["from_path"]).write.text(args["to_path"])
key = lambda _: os.environ["AWS_ACCESS_KEY_ID"] + " " + str("AWS_SESSION_TOKEN" in os.environ)
print("keys", key(0), spark.sparkContext.parallelize([0], 1).map(key).collect()[0])
`;

describe("the role of a Glue job", () => {
  let cloud: GlueCloud;
  let iam: IAMClient;
  const role = "narrow";
  const roleArn = `arn:aws:iam::${accountId}:role/${role}`;
  let runs = 0;
  const paths = () => ({
    "--from_path": `s3://${bucket}/in/a.txt`,
    "--to_path": `s3://${bucket}/out/${++runs}/`,
  });

  before(async () => {
    cloud = await GlueCloud.start();
    const place = { ...user, endpoint: cloud.context.endpointUrl };
    iam = new IAMClient(place);
    await createExecutionRole(place, role);
    await cloud.put("in/a.txt", "one\n");
    await cloud.createJob("copy", copying, { Role: roleArn });
  });

  after(async () => {
    iam.destroy();
    await cloud.stop();
  });

  it("has to be one that Glue may assume", async () => {
    await cloud.createJob("foreign", "print(1)", { Role: "unknown" });

    const error = await failureOf(cloud.glue.send(new StartJobRunCommand({ JobName: "foreign" })));

    expect(error).include({
      name: "InvalidInputException",
      message: `Role arn:aws:iam::${accountId}:role/unknown should be given assume role permissions for Glue Service.`,
    });
  });

  it("is all that the script has: its files, and its session's keys on driver and executors", async () => {
    await putStatements(iam, role, [
      allow(["s3:GetObject"], [code, `arn:aws:s3:::${bucket}/in/*`]),
      allow(["s3:PutObject"], `arn:aws:s3:::${bucket}/out/*`),
      list,
      logs,
    ]);

    const run = await cloud.run("copy", paths());

    expect(run.ErrorMessage).equal(undefined);
    expect(run.JobRunState).equal("SUCCEEDED");
    const session = await cloud.context.identity.assume({
      roleArn,
      servicePrincipal: "glue.amazonaws.com",
      sessionName: "GlueJobRunnerSession",
    });
    const keys = `${session.accessKeyId} True`;
    expect(await cloud.logged("/aws-glue/jobs/output", run.Id as string)).include(
      `keys ${keys} ${keys}`,
    );
  });

  for (const [what, statements, words] of [
    [
      "its script",
      [list, logs],
      /^LAUNCH ERROR \| Error downloading from S3 for bucket: glue-test, key: code\/copy\.py\. .*s3:GetObject/,
    ],
    [
      "an input",
      [allow(["s3:GetObject"], code), list, logs],
      /^Error Category: PERMISSION_ERROR; .*assumed-role\/narrow\/GlueJobRunnerSession .*s3:GetObject on resource: "?arn:aws:s3:::glue-test\/in\/a\.txt/,
    ],
    [
      "what is there",
      [allow(["s3:GetObject"]), logs],
      /^Error Category: PERMISSION_ERROR; .*s3:ListBucket/,
    ],
    [
      "its output",
      [allow(["s3:GetObject"]), list, logs],
      /^Error Category: PERMISSION_ERROR; .*s3:PutObject/,
    ],
  ] as const) {
    it(`fails a run that may not come to ${what}`, async () => {
      await putStatements(iam, role, statements);

      const run = await cloud.run("copy", paths());

      expect(run.JobRunState).equal("FAILED");
      expect(run.ErrorMessage).match(words);
    });
  }

  it("costs a run its log alone where it may not write one", async () => {
    await putStatements(iam, role, [allow(["s3:*"])]);

    const run = await cloud.run("copy", paths());

    expect(run.JobRunState).equal("SUCCEEDED");
    expect(cloud.logLines.join("\n")).match(
      new RegExp(`run ${run.Id}: log lines are lost: .*logs:CreateLogStream`),
    );
  });
});
