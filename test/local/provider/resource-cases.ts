import { createHash } from "node:crypto";
import { Archive, Asset } from "../../../local/provider/asset.ts";
import type { Subject } from "../../../local/provider/provider.ts";
import type { Properties } from "../../../local/provider/resource-type.ts";

export interface ResourceCase extends Subject {
  inputs: Properties;
  /** The same resource with everything different that can be changed in place. Absent: every change replaces. */
  updated?: Properties;
  id: string;
  /** Some of what @pulumi/aws gives besides the inputs. */
  outputs: Properties;
  /** Inputs of which AWS gives no account. */
  unread?: string[];
  /** It is a setting of something else, and is there as long as that is. */
  remains?: boolean;
  /** Each a change of one input that makes a new resource, and whether the old one must go first. */
  replacing: [input: string, value: unknown, deleteFirst: boolean][];
}

const account = "000000000000";
const region = "us-east-2";
const kmsKey = `arn:aws:kms:${region}:${account}:key/11111111-2222-3333-4444-555555555555`;
const roleArn = `arn:aws:iam::${account}:role/parent-role`;
const functionArn = `arn:aws:lambda:${region}:${account}:function:parent-function`;
const queueArn = `arn:aws:sqs:${region}:${account}:parent-queue`;
const logGroupArn = `arn:aws:logs:${region}:${account}:log-group:/parent`;

const trust = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

const policy = (action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: action, Resource: "*" }],
  });

const code = (source: string) =>
  new Archive({ assets: { "index.mjs": new Asset({ text: source }) } });

const definition = (seconds: number) =>
  JSON.stringify({
    QueryLanguage: "JSONata",
    StartAt: "Wait",
    States: { Wait: { Type: "Wait", Seconds: seconds, End: true } },
  });

/** What the cases stand on: made before them, deleted after them. Queue URLs are known only then. */
export const parents: (Subject & { inputs: Properties })[] = [
  {
    type: "aws:s3/bucket:Bucket",
    name: "bucket",
    inputs: { bucket: "parent-bucket", forceDestroy: true },
  },
  {
    type: "aws:iam/role:Role",
    name: "role",
    inputs: { name: "parent-role", assumeRolePolicy: trust("lambda.amazonaws.com") },
  },
  { type: "aws:sqs/queue:Queue", name: "queue", inputs: { name: "parent-queue" } },
  { type: "aws:cloudwatch/logGroup:LogGroup", name: "logs", inputs: { name: "/parent" } },
  {
    type: "aws:cloudwatch/eventRule:EventRule",
    name: "rule",
    inputs: { name: "parent-rule", eventPattern: '{"source":["aws.s3"]}' },
  },
  {
    type: "aws:lambda/function:Function",
    name: "function",
    inputs: {
      name: "parent-function",
      role: roleArn,
      handler: "index.handler",
      runtime: "nodejs22.x",
      code: code("export const handler = () => {};"),
    },
  },
];

export const resourceCases = (queueUrl: string): ResourceCase[] => [
  {
    type: "aws:s3/bucket:Bucket",
    name: "data",
    inputs: { bucket: "case-data", forceDestroy: true, tags: { team: "a", gone: "x" } },
    updated: { bucket: "case-data", forceDestroy: true, tags: { team: "b", more: "y" } },
    id: "case-data",
    outputs: {
      arn: "arn:aws:s3:::case-data",
      bucketDomainName: "case-data.s3.amazonaws.com",
      bucketRegionalDomainName: "case-data.s3.us-east-2.amazonaws.com",
      region,
    },
    unread: ["forceDestroy"],
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    name: "closed",
    inputs: { bucket: "parent-bucket", blockPublicAcls: true, restrictPublicBuckets: true },
    updated: {
      bucket: "parent-bucket",
      blockPublicAcls: false,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: false,
    },
    id: "parent-bucket",
    outputs: {},
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    name: "encryption",
    inputs: {
      bucket: "parent-bucket",
      rules: [
        { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: false },
      ],
    },
    updated: {
      bucket: "parent-bucket",
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKey },
          bucketKeyEnabled: true,
        },
      ],
    },
    id: "parent-bucket",
    outputs: {},
    remains: true,
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketVersioning:BucketVersioning",
    name: "versioning",
    inputs: { bucket: "parent-bucket", versioningConfiguration: { status: "Enabled" } },
    updated: { bucket: "parent-bucket", versioningConfiguration: { status: "Suspended" } },
    id: "parent-bucket",
    outputs: {},
    remains: true,
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    name: "lifecycle",
    inputs: {
      bucket: "parent-bucket",
      rules: [
        { id: "runs", status: "Enabled", filter: { prefix: "runs/" }, expiration: { days: 30 } },
      ],
    },
    updated: {
      bucket: "parent-bucket",
      rules: [
        { id: "runs", status: "Enabled", filter: { prefix: "runs/" }, expiration: { days: 7 } },
        {
          id: "clean-up",
          status: "Disabled",
          filter: { prefix: "" },
          noncurrentVersionExpiration: { noncurrentDays: 3 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 2 },
        },
      ],
    },
    id: "parent-bucket",
    outputs: {},
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    name: "policy",
    inputs: { bucket: "parent-bucket", policy: policy("s3:GetObject") },
    updated: { bucket: "parent-bucket", policy: policy("s3:ListBucket") },
    id: "parent-bucket",
    outputs: {},
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketNotification:BucketNotification",
    name: "events",
    inputs: { bucket: "parent-bucket", eventbridge: true },
    updated: { bucket: "parent-bucket", eventbridge: false },
    id: "parent-bucket",
    outputs: {},
    remains: true,
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketObjectv2:BucketObjectv2",
    name: "script",
    inputs: {
      bucket: "parent-bucket",
      key: "code/job.py",
      source: new Asset({ text: "print(1)" }),
      contentType: "text/x-python",
    },
    updated: {
      bucket: "parent-bucket",
      key: "code/job.py",
      source: new Asset({ text: "print(2)" }),
      contentType: "text/plain",
    },
    id: "parent-bucket/code/job.py",
    outputs: {
      arn: "arn:aws:s3:::parent-bucket/code/job.py",
      etag: createHash("md5").update("print(1)").digest("hex"),
    },
    unread: ["source"],
    replacing: [["key", "code/other.py", false]],
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "logs",
    inputs: {
      name: "/case/logs",
      retentionInDays: 7,
      kmsKeyId: kmsKey,
      tags: { team: "a", gone: "x" },
    },
    updated: { name: "/case/logs", retentionInDays: 14, kmsKeyId: kmsKey, tags: { team: "b" } },
    id: "/case/logs",
    outputs: { arn: `arn:aws:logs:${region}:${account}:log-group:/case/logs` },
    replacing: [["name", "/case/other", false]],
  },
  {
    type: "aws:cloudwatch/eventRule:EventRule",
    name: "uploaded",
    inputs: {
      name: "case-rule",
      eventPattern: '{"source":["aws.s3"]}',
      description: "a",
      tags: { team: "a" },
    },
    updated: {
      name: "case-rule",
      eventPattern: '{"source":["aws.glue"]}',
      description: "b",
      state: "DISABLED",
      tags: { team: "b" },
    },
    id: "case-rule",
    outputs: {
      arn: `arn:aws:events:${region}:${account}:rule/case-rule`,
      eventBusName: "default",
      state: "ENABLED",
    },
    replacing: [["name", "case-other", false]],
  },
  {
    type: "aws:cloudwatch/eventTarget:EventTarget",
    name: "target",
    inputs: { rule: "parent-rule", targetId: "case-target", arn: functionArn },
    updated: {
      rule: "parent-rule",
      targetId: "case-target",
      arn: queueArn,
      inputTransformer: {
        inputPaths: { key: "$.detail.object.key" },
        inputTemplate: '{"key": <key>}',
      },
      retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 600 },
      deadLetterConfig: { arn: queueArn },
    },
    id: "parent-rule-case-target",
    outputs: { eventBusName: "default" },
    replacing: [["targetId", "case-other", false]],
  },
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    name: "alarm",
    inputs: {
      name: "case-alarm",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: "parent-queue" },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
    },
    updated: {
      name: "case-alarm",
      alarmDescription: "b",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: "parent-function" },
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 2,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1.5,
      treatMissingData: "missing",
    },
    id: "case-alarm",
    outputs: {
      arn: `arn:aws:cloudwatch:${region}:${account}:alarm:case-alarm`,
      actionsEnabled: true,
    },
    replacing: [["name", "case-other", false]],
  },
  {
    type: "aws:sqs/queue:Queue",
    name: "queue",
    inputs: {
      name: "case-queue",
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 1209600,
      tags: { team: "a" },
    },
    updated: {
      name: "case-queue",
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 3600,
      visibilityTimeoutSeconds: 60,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn, maxReceiveCount: 3 }),
      tags: { team: "b" },
    },
    id: queueUrl.replace("parent-queue", "case-queue"),
    outputs: {
      arn: `arn:aws:sqs:${region}:${account}:case-queue`,
      url: queueUrl.replace("parent-queue", "case-queue"),
    },
    replacing: [["name", "case-other", false]],
  },
  {
    type: "aws:sqs/queuePolicy:QueuePolicy",
    name: "queue-policy",
    inputs: { queueUrl, policy: policy("sqs:SendMessage") },
    updated: { queueUrl, policy: policy("sqs:ReceiveMessage") },
    id: queueUrl,
    outputs: {},
    replacing: [["queueUrl", `${queueUrl}-other`, false]],
  },
  {
    type: "aws:lambda/function:Function",
    name: "function",
    inputs: {
      name: "case-function",
      role: roleArn,
      handler: "index.handler",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      code: code("export const handler = () => 1;"),
      environment: { variables: { A: "1" } },
      tags: { team: "a" },
    },
    updated: {
      name: "case-function",
      description: "b",
      role: roleArn,
      handler: "main.handler",
      runtime: "nodejs20.x",
      architectures: ["arm64"],
      code: code("export const handler = () => 2;"),
      memorySize: 256,
      timeout: 60,
      environment: { variables: { B: "2" } },
      deadLetterConfig: { targetArn: queueArn },
      tracingConfig: { mode: "Active" },
      loggingConfig: { logFormat: "JSON", logGroup: "/parent" },
      tags: { team: "b" },
    },
    id: "case-function",
    outputs: {
      arn: `arn:aws:lambda:${region}:${account}:function:case-function`,
      invokeArn: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${region}:${account}:function:case-function/invocations`,
      version: "$LATEST",
      timeout: 3,
      memorySize: 128,
    },
    unread: ["code"],
    replacing: [["name", "case-other", false]],
  },
  {
    type: "aws:lambda/permission:Permission",
    name: "permission",
    inputs: {
      statementId: "case-permission",
      action: "lambda:InvokeFunction",
      function: "parent-function",
      principal: "events.amazonaws.com",
      sourceArn: `arn:aws:events:${region}:${account}:rule/parent-rule`,
    },
    id: "case-permission",
    outputs: {},
    replacing: [
      ["statementId", "case-other", false],
      ["principal", "s3.amazonaws.com", true],
    ],
  },
  {
    type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    name: "retries",
    inputs: {
      functionName: "parent-function",
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 3600,
    },
    updated: {
      functionName: "parent-function",
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: 60,
      destinationConfig: { onFailure: { destination: queueArn } },
    },
    id: "parent-function",
    outputs: {},
    replacing: [["functionName", "other", false]],
  },
  {
    type: "aws:iam/role:Role",
    name: "role",
    inputs: {
      name: "case-role",
      assumeRolePolicy: trust("lambda.amazonaws.com"),
      tags: { team: "a", gone: "x" },
    },
    updated: {
      name: "case-role",
      assumeRolePolicy: trust("glue.amazonaws.com"),
      description: "b",
      maxSessionDuration: 7200,
      tags: { team: "b" },
    },
    id: "case-role",
    outputs: { arn: `arn:aws:iam::${account}:role/case-role`, path: "/", maxSessionDuration: 3600 },
    replacing: [
      ["name", "case-other", false],
      ["path", "/service/", true],
    ],
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "permissions",
    inputs: { role: "parent-role", name: "permissions", policy: policy("s3:GetObject") },
    updated: { role: "parent-role", name: "permissions", policy: policy("s3:PutObject") },
    id: "parent-role:permissions",
    outputs: {},
    replacing: [["role", "case-other", false]],
  },
  {
    type: "aws:glue/securityConfiguration:SecurityConfiguration",
    name: "security",
    inputs: {
      name: "case-security",
      encryptionConfiguration: {
        cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS", kmsKeyArn: kmsKey },
        jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn: kmsKey },
        s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn: kmsKey },
      },
    },
    id: "case-security",
    outputs: {},
    replacing: [
      ["name", "case-other", false],
      [
        "encryptionConfiguration",
        {
          cloudwatchEncryption: { cloudwatchEncryptionMode: "DISABLED" },
          jobBookmarksEncryption: { jobBookmarksEncryptionMode: "DISABLED" },
          s3Encryption: { s3EncryptionMode: "SSE-S3" },
        },
        true,
      ],
    ],
  },
  {
    type: "aws:glue/job:Job",
    name: "etl",
    inputs: {
      name: "case-etl",
      roleArn,
      glueVersion: "5.0",
      command: {
        name: "glueetl",
        pythonVersion: "3",
        scriptLocation: "s3://parent-bucket/code/a.py",
      },
      workerType: "G.1X",
      numberOfWorkers: 2,
      timeout: 30,
      defaultArguments: { "--a": "1" },
      executionProperty: { maxConcurrentRuns: 5 },
    },
    updated: {
      name: "case-etl",
      description: "b",
      roleArn,
      glueVersion: "5.0",
      command: {
        name: "glueetl",
        pythonVersion: "3",
        scriptLocation: "s3://parent-bucket/code/b.py",
      },
      workerType: "G.2X",
      numberOfWorkers: 3,
      timeout: 60,
      defaultArguments: { "--b": "2" },
      executionProperty: { maxConcurrentRuns: 6 },
    },
    id: "case-etl",
    outputs: { arn: `arn:aws:glue:${region}:${account}:job/case-etl` },
    replacing: [["name", "case-other", false]],
  },
  {
    type: "aws:sfn/stateMachine:StateMachine",
    name: "machine",
    inputs: { name: "case-machine", roleArn, definition: definition(1), tags: { team: "a" } },
    updated: {
      name: "case-machine",
      roleArn: `${roleArn}-2`,
      definition: definition(2),
      loggingConfiguration: {
        level: "ALL",
        includeExecutionData: true,
        logDestination: `${logGroupArn}:*`,
      },
      tracingConfiguration: { enabled: true },
      tags: { team: "b" },
    },
    unread: ["tracingConfiguration"],
    id: `arn:aws:states:${region}:${account}:stateMachine:case-machine`,
    outputs: {
      arn: `arn:aws:states:${region}:${account}:stateMachine:case-machine`,
      type: "STANDARD",
      status: "ACTIVE",
    },
    replacing: [
      ["name", "case-other", false],
      ["type", "EXPRESS", true],
    ],
  },
];
