import { holds, policy, resource } from "./rule-cases.ts";

const role = (props: object) => resource("aws:iam/role:Role", "role", { ...props });
const allowing = (...statements: object[]) =>
  resource("aws:iam/rolePolicy:RolePolicy", "permissions", { policy: policy(...statements) });
const allow = (action: string | string[], on: string | string[], condition?: object) => ({
  Effect: "Allow",
  Action: action,
  Resource: on,
  ...(condition && { Condition: condition }),
});

const managed = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess";
const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
holds("AwsSolutions-IAM4", [
  ["a role without managed policies", [role({ name: "etl" })]],
  [
    "a policy of the account's own",
    [resource(attachment, "a", { policyArn: "arn:aws:iam::123456789012:policy/own" })],
  ],
  [
    "an attached policy of AWS",
    [resource(attachment, "a", { policyArn: managed })],
    [`${managed} is managed by AWS`],
  ],
  [
    "a policy of AWS in the role",
    [role({ managedPolicyArns: [managed] })],
    [`${managed} is managed by AWS`],
  ],
]);

const bucket = "arn:aws:s3:::retraining-dev-churn-0a1b2c3d";
const model = "arn:aws:sagemaker:eu-west-1:123456789012:model";
const metrics = { StringEquals: { "cloudwatch:namespace": "Glue" } };
const unexplained = (action: string, on: string) => `${action} on ${on} has no exemption`;
holds("AwsSolutions-IAM5", [
  ["an exact action on an exact resource", [allowing(allow("s3:ListBucket", bucket))]],
  ["a wildcard with a reason", [allowing(allow("s3:GetObjectVersion", `${bucket}/input/*`))]],
  ["metrics of one namespace", [allowing(allow("cloudwatch:PutMetricData", "*", metrics))]],
  ["a Deny of everything", [allowing({ ...allow("s3:*", "*"), Effect: "Deny" })]],
  ["all actions of a service", [allowing(allow("s3:*", bucket))], ["action s3:* has no exemption"]],
  [
    "some actions of a service",
    [allowing(allow("s3:Get*", bucket))],
    ["action s3:Get* has no exemption"],
  ],
  [
    "metrics of any namespace",
    [allowing(allow("cloudwatch:PutMetricData", "*"))],
    [unexplained("cloudwatch:PutMetricData", "*")],
  ],
  [
    "an action beside the one with a reason",
    [allowing(allow(["s3:GetObjectVersion", "s3:DeleteObjectVersion"], `${bucket}/input/*`))],
    [unexplained("s3:DeleteObjectVersion", `${bucket}/input/*`)],
  ],
  [
    "the whole bucket",
    [allowing(allow("s3:GetObject", `${bucket}/*`))],
    [unexplained("s3:GetObject", `${bucket}/*`)],
  ],
  [
    "buckets of others",
    [allowing(allow("s3:GetObjectVersion", "arn:aws:s3:::*/input/*"))],
    [unexplained("s3:GetObjectVersion", "arn:aws:s3:::*/input/*")],
  ],
  ["models of one pipeline", [allowing(allow("sagemaker:DeleteModel", `${model}/dev-churn--*`))]],
  [
    "models of pipelines with the same beginning",
    [allowing(allow("sagemaker:DeleteModel", `${model}/dev-churn*`))],
    [unexplained("sagemaker:DeleteModel", `${model}/dev-churn*`)],
  ],
  [
    "NotAction",
    [allowing({ Effect: "Allow", NotAction: ["iam:*"], Resource: bucket })],
    ["NotAction or NotResource allows all but what it names"],
  ],
  [
    "a wildcard in a role's own policies",
    [role({ inlinePolicies: [{ policy: policy(allow("iam:PassRole", "*")) }] })],
    [unexplained("iam:PassRole", "*")],
  ],
]);
