import {
  type Architecture,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetFunctionCommand,
  type LambdaClient,
  type LoggingConfig,
  PutFunctionConcurrencyCommand,
  type Runtime,
  TagResourceCommand,
  type TracingMode,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { fromAws, toAws } from "../aws-case.ts";
import { archive, type InputsOf, integer, list, map, object, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";
import { changeTags, tagProperties, tags } from "../tags.ts";

const inputs = {
  name: text({ replaces: true, pattern: /^[\w-]{1,64}$/ }),
  description: text({ maxLength: 256 }),
  role: text({ required: true }),
  code: archive({ required: true }),
  sourceCodeHash: text(),
  handler: text({ required: true }),
  runtime: text({ required: true }),
  architectures: list(text({ values: ["arm64", "x86_64"] }), { maxItems: 1 }),
  memorySize: integer({ min: 128, max: 10240 }),
  timeout: integer({ min: 1, max: 900 }),
  reservedConcurrentExecutions: integer({ min: -1 }),
  environment: object({ variables: map(text()) }),
  ephemeralStorage: object({ size: integer({ min: 512, max: 10240 }) }),
  deadLetterConfig: object({ targetArn: text({ required: true }) }),
  tracingConfig: object({ mode: text({ required: true, values: ["Active", "PassThrough"] }) }),
  loggingConfig: object({
    logFormat: text({ required: true, values: ["JSON", "Text"] }),
    logGroup: text(),
    applicationLogLevel: text({ values: ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] }),
    systemLogLevel: text({ values: ["DEBUG", "INFO", "WARN"] }),
  }),
  kmsKeyArn: text(),
  tags,
};

export const lambdaFunction = resourceType({
  type: "aws:lambda/function:Function",
  inputs,
  autoname: "name",
  identity: ["name"],
  changing: ["codeSha256", "sourceCodeSize", "lastModified"],
  notFound: ["ResourceNotFoundException"],

  async create(values, { clients: { lambda } }) {
    const id = String(values.name);
    await lambda.send(
      new CreateFunctionCommand({
        ...configuration(values),
        Architectures: architectures(values),
        Code: { ZipFile: values.code.zip() },
        PackageType: "Zip",
        Tags: values.tags,
      }),
    );
    await putConcurrency(lambda, id, values.reservedConcurrentExecutions);
    return id;
  },

  async read(id, _state, { clients: { lambda }, partition, region }) {
    const {
      Configuration: found = {},
      Concurrency,
      Tags,
    } = await lambda.send(new GetFunctionCommand({ FunctionName: id }));
    const arn = String(found.FunctionArn);
    const path = `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions`;
    return {
      arn,
      invokeArn: `${path}/${arn}/invocations`,
      qualifiedArn: `${arn}:$LATEST`,
      qualifiedInvokeArn: `${path}/${arn}:$LATEST/invocations`,
      version: "$LATEST",
      name: id,
      region,
      description: found.Description || undefined,
      role: found.Role,
      handler: found.Handler,
      runtime: found.Runtime,
      packageType: found.PackageType ?? "Zip",
      architectures: found.Architectures,
      memorySize: found.MemorySize,
      timeout: found.Timeout,
      reservedConcurrentExecutions: Concurrency?.ReservedConcurrentExecutions ?? -1,
      environment: found.Environment && { variables: found.Environment.Variables },
      ephemeralStorage: fromAws(found.EphemeralStorage),
      deadLetterConfig: found.DeadLetterConfig?.TargetArn
        ? fromAws(found.DeadLetterConfig)
        : undefined,
      tracingConfig: fromAws(found.TracingConfig),
      loggingConfig: fromAws(found.LoggingConfig),
      codeSha256: found.CodeSha256,
      sourceCodeSize: found.CodeSize,
      lastModified: found.LastModified,
      ...tagProperties(Tags),
    };
  },

  async update(id, values, state, { clients: { lambda }, partition, region, accountId }) {
    const [before, after] = [architectures(state), architectures(values)];
    if (!inputs.code.same(state.code, values.code) || !inputs.architectures.same(before, after)) {
      const ZipFile = values.code.zip();
      await lambda.send(
        new UpdateFunctionCodeCommand({ FunctionName: id, ZipFile, Architectures: after }),
      );
    }
    await lambda.send(new UpdateFunctionConfigurationCommand(configuration(values)));
    await putConcurrency(
      lambda,
      id,
      values.reservedConcurrentExecutions,
      state.reservedConcurrentExecutions,
    );
    const Resource = `arn:${partition}:lambda:${region}:${accountId}:function:${id}`;
    await changeTags(
      state.tags,
      values.tags,
      (added) => lambda.send(new TagResourceCommand({ Resource, Tags: added })),
      (TagKeys) => lambda.send(new UntagResourceCommand({ Resource, TagKeys })),
    );
  },

  async delete(id, _state, { clients: { lambda } }) {
    await lambda.send(new DeleteFunctionCommand({ FunctionName: id }));
  },
});

function architectures(values: InputsOf<typeof inputs>): Architecture[] {
  return (values.architectures ?? ["x86_64"]) as Architecture[];
}

/** All of it, AWS's defaults for what is not given: an input that was removed goes back to its default. */
function configuration(values: InputsOf<typeof inputs>) {
  return {
    FunctionName: values.name,
    Description: values.description ?? "",
    Role: values.role,
    Handler: values.handler,
    Runtime: values.runtime as Runtime,
    MemorySize: values.memorySize ?? 128,
    Timeout: values.timeout ?? 3,
    Environment: { Variables: values.environment?.variables ?? {} },
    EphemeralStorage: { Size: values.ephemeralStorage?.size ?? 512 },
    DeadLetterConfig: { TargetArn: values.deadLetterConfig?.targetArn ?? "" },
    TracingConfig: { Mode: (values.tracingConfig?.mode ?? "PassThrough") as TracingMode },
    LoggingConfig: toAws<LoggingConfig>(
      values.loggingConfig ?? { logFormat: "Text", logGroup: `/aws/lambda/${values.name}` },
    ),
    KMSKeyArn: values.kmsKeyArn ?? "",
  };
}

async function putConcurrency(
  lambda: LambdaClient,
  FunctionName: string,
  reserved = -1,
  before = -1,
) {
  if (reserved >= 0) {
    await lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: reserved }),
    );
  } else if (before >= 0) {
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  }
}
