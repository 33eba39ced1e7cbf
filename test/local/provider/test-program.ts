import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

export const read = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::shop/*" }],
});

/** A bucket with an object, and a function with its role, policy and log group in a component. */
export function shop({
  source = "1",
  retentionInDays = 7,
  script = true,
  path = "/",
  bucket = "shop",
} = {}) {
  const data = new aws.s3.Bucket("data", { bucket, forceDestroy: true });
  const versioning = new aws.s3.BucketVersioning("versioning", {
    bucket: data.bucket,
    versioningConfiguration: { status: "Enabled" },
  });
  if (script) {
    new aws.s3.BucketObjectv2(
      "script",
      { bucket: data.bucket, key: "code/a.py", source: new pulumi.asset.StringAsset("print(1)") },
      { dependsOn: versioning },
    );
  }
  const { fn } = new Api("api", { source, retentionInDays, path, bucket: data.bucket });
  return { bucket: data.bucket, functionArn: fn.arn };
}

interface ApiArgs {
  source: string;
  retentionInDays: number;
  path: string;
  bucket: pulumi.Input<string>;
}

class Api extends pulumi.ComponentResource {
  readonly fn: aws.lambda.Function;

  constructor(name: string, args: ApiArgs) {
    super("test:index:Api", name);
    const { source, retentionInDays, path, bucket } = args;
    const parent = { parent: this };
    const logs = new aws.cloudwatch.LogGroup(
      "logs",
      { name: "/aws/lambda/shop-api", retentionInDays },
      parent,
    );
    const role = new aws.iam.Role(
      "role",
      { name: "shop-api", assumeRolePolicy: trust, path },
      parent,
    );
    const policy = new aws.iam.RolePolicy("policy", { role: role.name, policy: read }, parent);
    this.fn = new aws.lambda.Function(
      "api",
      {
        name: "shop-api",
        role: role.arn,
        handler: "index.handler",
        runtime: "nodejs22.x",
        code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(source) }),
        environment: { variables: { BUCKET: bucket } },
      },
      { parent: this, dependsOn: [logs, policy] },
    );
    this.registerOutputs({ arn: this.fn.arn });
  }
}

/** Names of the resources of {@link shop}. */
export const everything = ["api", "data", "logs", "policy", "role", "script", "versioning"];
