import { Archive, Asset } from "../../../local/provider/asset.ts";
import type { Subject } from "../../../local/provider/provider.ts";
import type { Properties } from "../../../local/provider/resource-type.ts";

export const account = "000000000000";
export const region = "us-east-2";
export const kmsKey = `arn:aws:kms:${region}:${account}:key/11111111-2222-3333-4444-555555555555`;
export const roleArn = `arn:aws:iam::${account}:role/parent-role`;
export const functionArn = `arn:aws:lambda:${region}:${account}:function:parent-function`;
export const queueArn = `arn:aws:sqs:${region}:${account}:parent-queue`;
export const logGroupArn = `arn:aws:logs:${region}:${account}:log-group:/parent`;

export const trust = (service: string | string[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

export const policy = (action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: action, Resource: "*" }],
  });

export const code = (source: string) =>
  new Archive({ assets: { "index.mjs": new Asset({ text: source }) } });

export const definition = (seconds: number) =>
  JSON.stringify({
    QueryLanguage: "JSONata",
    StartAt: "Wait",
    States: { Wait: { Type: "Wait", Seconds: seconds, End: true } },
  });

/** A role for functions and state machines alike, and what it may do. */
const parentRole = (name: string): (Subject & { inputs: Properties })[] => [
  {
    type: "aws:iam/role:Role",
    name: "role",
    inputs: {
      name,
      assumeRolePolicy: trust(["lambda.amazonaws.com", "states.amazonaws.com"]),
    },
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "role-policy",
    inputs: {
      role: name,
      name: "everything",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      }),
    },
  },
];

export const roles = [...parentRole("parent-role"), ...parentRole("parent-role-2")];

/** What the cases stand on: made before them, deleted after them. Queue URLs are known only then. */
export const parents: (Subject & { inputs: Properties })[] = [
  {
    type: "aws:s3/bucket:Bucket",
    name: "bucket",
    inputs: { bucket: "parent-bucket", forceDestroy: true },
  },
  ...roles,
  {
    type: "aws:ecr/repository:Repository",
    name: "images",
    inputs: { name: "parent-images", forceDelete: true },
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
