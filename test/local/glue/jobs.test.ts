import {
  CreateJobCommand,
  type CreateJobCommandInput,
  CreateSecurityConfigurationCommand,
  DeleteJobCommand,
  DeleteSecurityConfigurationCommand,
  GetJobCommand,
  GetJobRunCommand,
  GetJobsCommand,
  GetSecurityConfigurationCommand,
  GetTagsCommand,
  StartJobRunCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateJobCommand,
} from "@aws-sdk/client-glue";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { accountId, region } from "../ministack-fixture.ts";
import { definition, GlueCloud } from "./glue-cloud.ts";

describe("jobs of the local Glue", () => {
  let cloud: GlueCloud;
  before(async () => {
    cloud = await GlueCloud.start();
  });
  after(() => cloud.stop());

  const create = (more: Partial<CreateJobCommandInput>) =>
    cloud.glue.send(new CreateJobCommand({ Name: "job", ...definition, ...more }));
  const get = async (name: string) =>
    (await cloud.glue.send(new GetJobCommand({ JobName: name }))).Job;

  it("shows a job as it was created, with Glue's defaults, after a restart too", async () => {
    await create({ Name: "shown", DefaultArguments: { "--SEED": "7" } });

    await cloud.restart();

    const job = await get("shown");
    expect(job).to.deep.include({
      Name: "shown",
      Role: definition.Role,
      Command: definition.Command,
      DefaultArguments: { "--SEED": "7" },
      ExecutionProperty: { MaxConcurrentRuns: 1 },
      GlueVersion: "5.0",
      MaxRetries: 0,
      Timeout: 480,
      MaxCapacity: 2,
      AllocatedCapacity: 2,
    });
    expect(job?.CreatedOn).to.be.instanceOf(Date);
  });

  it("takes the same job again, and refuses another one under its name", async () => {
    await create({ Name: "twice" });

    await create({ Name: "twice" });

    const error = await failureOf(create({ Name: "twice", Timeout: 5 }));
    expect(error.name).to.equal("IdempotentParameterMismatchException");
    expect((await get("twice"))?.Timeout).to.equal(480);
  });

  it("puts an update in the place of the whole definition", async () => {
    await create({ Name: "updated", Description: "old", Timeout: 5 });
    const { CreatedOn: created } = (await get("updated")) ?? {};

    const JobUpdate = { ...definition, DefaultArguments: { "--A": "1" } };
    await cloud.glue.send(new UpdateJobCommand({ JobName: "updated", JobUpdate }));

    const job = await get("updated");
    expect(job).to.deep.include({ DefaultArguments: { "--A": "1" }, Timeout: 480 });
    expect(job).not.to.have.property("Description");
    expect(job?.CreatedOn).to.deep.equal(created);
  });

  it("deletes a job, and does not mind one that is not there", async () => {
    await create({ Name: "deleted" });

    await cloud.glue.send(new DeleteJobCommand({ JobName: "deleted" }));
    await cloud.glue.send(new DeleteJobCommand({ JobName: "deleted" }));

    expect((await failureOf(get("deleted"))).name).to.equal("EntityNotFoundException");
    const { Jobs: jobs = [] } = await cloud.glue.send(new GetJobsCommand({}));
    expect(jobs.map((job) => job.Name)).not.to.include("deleted");
  });

  it("lists jobs by name, page by page", async () => {
    for (const name of ["page-b", "page-a", "page-c"]) await create({ Name: name });

    const names: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await cloud.glue.send(new GetJobsCommand({ MaxResults: 2, NextToken }));
      names.push(...(page.Jobs ?? []).map((job) => job.Name));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);

    expect(names).to.deep.equal([...names].sort());
    expect(names).to.include.members(["page-a", "page-b", "page-c"]);
  });

  it("keeps tags of a job", async () => {
    await create({ Name: "tagged", Tags: { a: "1", b: "2" } });
    const ResourceArn = `arn:aws:glue:${region}:${accountId}:job/tagged`;

    await cloud.glue.send(new TagResourceCommand({ ResourceArn, TagsToAdd: { b: "3", c: "4" } }));
    await cloud.glue.send(new UntagResourceCommand({ ResourceArn, TagsToRemove: ["a"] }));

    const { Tags: tags } = await cloud.glue.send(new GetTagsCommand({ ResourceArn }));
    expect(tags).to.deep.equal({ b: "3", c: "4" });
  });

  it("keeps security configurations, which runs must name rightly", async () => {
    const EncryptionConfiguration = {
      S3Encryption: [{ S3EncryptionMode: "SSE-S3" as const }],
      CloudWatchEncryption: { CloudWatchEncryptionMode: "DISABLED" as const },
    };
    const Name = "secure";
    const configuration = { Name, EncryptionConfiguration };
    await cloud.glue.send(new CreateSecurityConfigurationCommand(configuration));
    await create({ Name: "insecure", SecurityConfiguration: "missing" });

    const { SecurityConfiguration: found } = await cloud.glue.send(
      new GetSecurityConfigurationCommand({ Name }),
    );
    const again = failureOf(cloud.glue.send(new CreateSecurityConfigurationCommand(configuration)));
    const start = failureOf(cloud.glue.send(new StartJobRunCommand({ JobName: "insecure" })));
    expect(found).to.deep.include({ Name, EncryptionConfiguration });
    expect((await again).name).to.equal("AlreadyExistsException");
    expect((await start).name).to.equal("EntityNotFoundException");

    await cloud.glue.send(new DeleteSecurityConfigurationCommand({ Name }));
    const gone = failureOf(cloud.glue.send(new DeleteSecurityConfigurationCommand({ Name })));
    expect((await gone).name).to.equal("EntityNotFoundException");
  });

  it("tells a missing job from a missing run", async () => {
    await create({ Name: "unrun" });

    const noJob = await failureOf(cloud.glue.send(new StartJobRunCommand({ JobName: "none" })));
    const noRun = await failureOf(
      cloud.glue.send(new GetJobRunCommand({ JobName: "unrun", RunId: "jr_1" })),
    );

    expect(noJob).to.include({ name: "EntityNotFoundException" });
    expect(noRun).to.include({ name: "EntityNotFoundException" });
    expect(noRun.message).to.contain("jr_1");
  });

  const refused: [string, Partial<CreateJobCommandInput>, string][] = [
    [
      "a Python shell job",
      { Command: { ...definition.Command, Name: "pythonshell" } },
      "pythonshell",
    ],
    ["another Glue version", { GlueVersion: "4.0" }, "GlueVersion 4.0"],
    ["retries", { MaxRetries: 1 }, "MaxRetries"],
    ["connections", { Connections: { Connections: ["db"] } }, "Connections"],
    ["queuing", { JobRunQueuingEnabled: true }, "JobRunQueuingEnabled"],
    ["jars", { DefaultArguments: { "--extra-jars": "s3://b/a.jar" } }, "--extra-jars"],
    [
      "settings of Spark",
      { DefaultArguments: { "--conf": "spark.hadoop.a=b --conf spark.sql.ansi.enabled=true" } },
      "set spark.hadoop.<name>=<value> there",
    ],
    [
      "bookmarks",
      { DefaultArguments: { "--job-bookmark-option": "job-bookmark-enable" } },
      "-enable",
    ],
    ["a script elsewhere", { Command: { Name: "glueetl", ScriptLocation: "/a.py" } }, "/a.py"],
    ["two sizes", { MaxCapacity: 2 }, "Max Capacity"],
  ];
  for (const [what, more, named] of refused) {
    it(`refuses ${what} by name`, async () => {
      const error = await failureOf(create({ Name: "refused", ...more }));

      expect(error.name).to.equal("InvalidInputException");
      expect(error.message).to.contain(named);
    });
  }
});
