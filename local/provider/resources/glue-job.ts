import {
  CreateJobCommand,
  DeleteJobCommand,
  type ExecutionClass,
  GetJobCommand,
  GetTagsCommand,
  type Job,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateJobCommand,
  type WorkerType,
} from "@aws-sdk/client-glue";
import { fromAws, toAws } from "../aws-case.ts";
import {
  decimal,
  flag,
  type InputsOf,
  integer,
  list,
  map,
  object,
  text,
} from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";
import { changeTags, tagProperties, tags } from "../tags.ts";

const inputs = {
  name: text({ replaces: true, maxLength: 255 }),
  description: text({ maxLength: 2048 }),
  roleArn: text({ required: true }),
  command: object(
    {
      name: text({ values: ["glueetl", "gluestreaming", "pythonshell", "glueray"] }),
      scriptLocation: text({ required: true }),
      pythonVersion: text({ values: ["2", "3", "3.9"] }),
      runtime: text(),
    },
    { required: true },
  ),
  connections: list(text()),
  defaultArguments: map(text()),
  nonOverridableArguments: map(text()),
  executionClass: text({ values: ["FLEX", "STANDARD"] }),
  executionProperty: object({ maxConcurrentRuns: integer({ min: 1 }) }),
  glueVersion: text(),
  maxCapacity: decimal(),
  maxRetries: integer({ min: 0, max: 10 }),
  notificationProperty: object({ notifyDelayAfter: integer({ min: 1 }) }),
  numberOfWorkers: integer({ min: 1 }),
  workerType: text(),
  securityConfiguration: text(),
  timeout: integer({ min: 0 }),
  jobRunQueuingEnabled: flag(),
  tags,
};

export const glueJob = resourceType({
  type: "aws:glue/job:Job",
  inputs,
  autoname: "name",
  identity: ["name"],
  notFound: ["EntityNotFoundException"],

  async create(values, { clients: { glue } }) {
    const id = String(values.name);
    await glue.send(new CreateJobCommand({ ...definition(values), Name: id, Tags: values.tags }));
    return id;
  },

  async read(id, _state, { clients: { glue }, partition, region, accountId }) {
    const { Job: found } = await glue.send(new GetJobCommand({ JobName: id }));
    if (found === undefined) return undefined;
    const arn = `arn:${partition}:glue:${region}:${accountId}:job/${id}`;
    const tagged = await glue.send(new GetTagsCommand({ ResourceArn: arn }));
    return { arn, name: id, region, ...properties(found), ...tagProperties(tagged.Tags) };
  },

  async update(id, values, state, { clients: { glue }, partition, region, accountId }) {
    // UpdateJob puts the new definition in the place of the old one: what it leaves out is gone.
    await glue.send(new UpdateJobCommand({ JobName: id, JobUpdate: definition(values) }));
    const ResourceArn = `arn:${partition}:glue:${region}:${accountId}:job/${id}`;
    await changeTags(
      state.tags,
      values.tags,
      (added) => glue.send(new TagResourceCommand({ ResourceArn, TagsToAdd: added })),
      (TagsToRemove) => glue.send(new UntagResourceCommand({ ResourceArn, TagsToRemove })),
    );
  },

  async delete(id, _state, { clients: { glue } }) {
    await glue.send(new DeleteJobCommand({ JobName: id }));
  },
});

function definition(values: InputsOf<typeof inputs>) {
  return {
    Description: values.description,
    Role: values.roleArn,
    Command: toAws<object>({ name: "glueetl", ...values.command }),
    Connections: values.connections && { Connections: values.connections },
    DefaultArguments: values.defaultArguments,
    NonOverridableArguments: values.nonOverridableArguments,
    ExecutionClass: values.executionClass as ExecutionClass | undefined,
    ExecutionProperty: values.executionProperty && toAws<object>(values.executionProperty),
    GlueVersion: values.glueVersion,
    MaxCapacity: values.maxCapacity,
    MaxRetries: values.maxRetries,
    NotificationProperty: values.notificationProperty && toAws<object>(values.notificationProperty),
    NumberOfWorkers: values.numberOfWorkers,
    WorkerType: values.workerType as WorkerType | undefined,
    SecurityConfiguration: values.securityConfiguration,
    Timeout: values.timeout,
    JobRunQueuingEnabled: values.jobRunQueuingEnabled,
  };
}

function properties(job: Job) {
  return {
    description: job.Description || undefined,
    roleArn: job.Role,
    command: fromAws(job.Command),
    connections: job.Connections?.Connections?.length ? job.Connections.Connections : undefined,
    defaultArguments: orAbsent(job.DefaultArguments),
    nonOverridableArguments: orAbsent(job.NonOverridableArguments),
    executionClass: job.ExecutionClass,
    executionProperty: fromAws(job.ExecutionProperty),
    glueVersion: job.GlueVersion,
    maxCapacity: job.MaxCapacity,
    maxRetries: job.MaxRetries,
    notificationProperty: orAbsent(fromAws(job.NotificationProperty) as object | undefined),
    numberOfWorkers: job.NumberOfWorkers,
    workerType: job.WorkerType,
    securityConfiguration: job.SecurityConfiguration,
    timeout: job.Timeout,
    jobRunQueuingEnabled: job.JobRunQueuingEnabled ?? false,
  };
}

function orAbsent<T extends object>(values: T | undefined): T | undefined {
  return values === undefined || Object.keys(values).length === 0 ? undefined : values;
}
