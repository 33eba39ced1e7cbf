import { runtime } from "@pulumi/pulumi";
import { expect } from "chai";
import { describeProblem, Provider } from "../../../local/provider/provider.ts";
import { resourceCases } from "./resource-cases.ts";

const queueUrl = "http://queues/000000000000/parent-queue";
// No request is made by check and diff.
const provider = new Provider({
  endpointUrl: "http://127.0.0.1:9",
  region: "us-east-2",
  accountId: "000000000000",
  credentials: { accessKeyId: "nobody", secretAccessKey: "secret" },
});

const bucket = { type: "aws:s3/bucket:Bucket", name: "data" };
const lambda = { type: "aws:lambda/function:Function", name: "fn" };
const role = { type: "aws:iam/role:Role", name: "role" };
const lifecycle = {
  type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  name: "lifecycle",
};

function problems(subject: { type: string; name: string }, inputs: Record<string, unknown>) {
  return provider.check(subject, inputs).problems.map(describeProblem);
}

describe("check of the local provider", () => {
  for (const subject of resourceCases(queueUrl)) {
    it(`takes the inputs of ${subject.type} and refuses one that it does not know`, () => {
      expect(problems(subject, subject.inputs)).to.deep.equal([]);
      if (subject.updated !== undefined) {
        expect(problems(subject, subject.updated)).to.deep.equal([]);
      }

      const [problem, ...more] = problems(subject, { ...subject.inputs, fancyNewThing: true });
      expect(problem).to.match(/^fancyNewThing: the local provider does not support this property/);
      expect(more).to.deep.equal([]);
    });
  }

  for (const [what, subject, inputs, problem] of [
    [
      "a type that it does not know",
      { type: "aws:sns/topic:Topic", name: "t" },
      {},
      /^the local provider does not support this resource type/,
    ],
    ["an input that is missing", role, {}, /^assumeRolePolicy: is required$/],
    ["text that is no text", bucket, { bucket: 7 }, /^bucket: must be a string, not 7$/],
    ["a bucket name that S3 refuses", bucket, { bucket: "Data_1" }, /^bucket: must match /],
    [
      "a flag that is no flag",
      bucket,
      { forceDestroy: "yes" },
      /^forceDestroy: must be true or false, not "yes"$/,
    ],
    [
      "a policy that is no JSON",
      role,
      { assumeRolePolicy: "{" },
      /^assumeRolePolicy: must be a JSON document as a string|must be JSON/,
    ],
    ["a tag that is no text", bucket, { tags: { a: 1 } }, /^tags\.a: must be a string, not 1$/],
    [
      "an unknown key deep inside",
      lifecycle,
      { bucket: "b", rules: [{ id: "a", status: "Enabled", filter: { suffix: "x" } }] },
      /^rules\[0\]\.filter\.suffix: the local provider does not support this property; it knows prefix/,
    ],
    [
      "a number outside of its range",
      lifecycle,
      { bucket: "b", rules: [{ id: "a", status: "Enabled", expiration: { days: 0 } }] },
      /^rules\[0\]\.expiration\.days: must be at least 1, not 0$/,
    ],
    [
      "a value that is none of AWS's",
      lifecycle,
      { bucket: "b", rules: [{ id: "a", status: "On" }] },
      /^rules\[0\]\.status: must be one of Enabled, Disabled, not "On"$/,
    ],
    [
      "code that is no archive",
      lambda,
      { role: "r", handler: "h", runtime: "nodejs22.x", code: "index.js" },
      /^code: must be an AssetArchive or a FileArchive, not "index.js"$/,
    ],
    [
      "a log destination that is no log stream pattern",
      { type: "aws:sfn/stateMachine:StateMachine", name: "m" },
      {
        roleArn: "r",
        definition: "{}",
        loggingConfiguration: { logDestination: "arn:aws:logs:x:1:log-group:a" },
      },
      /^loggingConfiguration\.logDestination: must match/,
    ],
    [
      "a way to give content that it does not know",
      { type: "aws:s3/bucketObjectv2:BucketObjectv2", name: "o" },
      { bucket: "b", key: "k", contentBase64: "Yg==" },
      /^contentBase64: the local provider does not support/,
    ],
    [
      "a rule without pattern and schedule",
      { type: "aws:cloudwatch/eventRule:EventRule", name: "r" },
      {},
      /^needs eventPattern or scheduleExpression$/,
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(problems(subject, inputs)).to.have.lengthOf(1);
      expect(problems(subject, inputs)[0]).to.match(problem);
    });
  }

  it("reports every problem of a resource at once", () => {
    expect(problems(bucket, { bucket: 1, forceDestroy: 2, acl: "private" })).to.have.lengthOf(3);
  });

  it("takes values that a preview does not know yet", () => {
    const inputs = { role: runtime.unknownValue, policy: runtime.unknownValue };
    expect(problems({ type: "aws:iam/rolePolicy:RolePolicy", name: "p" }, inputs)).to.deep.equal(
      [],
    );
  });

  it("makes up a name as the engine does, and keeps it", () => {
    const inputs = { assumeRolePolicy: "{}" };
    const first = provider.check(role, inputs).inputs;
    const again = provider.check(role, inputs).inputs;

    expect(first["name"]).to.match(/^role-[0-9a-f]{7}$/);
    expect(again["name"]).not.to.equal(first["name"]);
    expect(provider.check(role, inputs, first).inputs["name"]).to.equal(first["name"]);
  });

  it("makes up a new name where the program no longer gives one", () => {
    const old = { name: "mine", assumeRolePolicy: "{}" };
    expect(provider.check(role, { assumeRolePolicy: "{}" }, old).inputs["name"]).to.match(/^role-/);
  });
});
