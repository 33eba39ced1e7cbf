import { expect } from "chai";
import {
  allow,
  allowMetrics,
  allowPassRole,
  denyInsecureTransport,
  policyDocument,
  trust,
} from "../../components/policies.ts";

describe("policies", () => {
  it("allow actions on resources, narrowed by a condition where there is one", () => {
    expect(allow(["s3:GetObject"], ["arn:x"])).to.deep.equal({
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: ["arn:x"],
    });
    expect(
      allow(["s3:ListBucket"], ["arn:x"], { StringLike: { "s3:prefix": "a/*" } }),
    ).to.deep.equal({
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: ["arn:x"],
      Condition: { StringLike: { "s3:prefix": "a/*" } },
    });
  });

  it("pass a role to one service only", () => {
    expect(allowPassRole("arn:role", "sagemaker.amazonaws.com")).to.deep.equal({
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: ["arn:role"],
      Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    });
  });

  for (const [service, operator] of [
    ["lambda.amazonaws.com", "StringEquals"],
    ["glue.amazonaws.com", "StringEqualsIfExists"],
  ] as const) {
    it(`trust ${service} only on behalf of the account, by ${operator}`, () => {
      expect(trust(service, "123456789012")).to.deep.equal({
        Effect: "Allow",
        Principal: { Service: service },
        Action: ["sts:AssumeRole"],
        Condition: { [operator]: { "aws:SourceAccount": "123456789012" } },
      });
    });
  }

  it("put metrics into one namespace only", () => {
    expect(allowMetrics("Glue").Condition).to.deep.equal({
      StringEquals: { "cloudwatch:namespace": "Glue" },
    });
  });

  it("refuse everyone who does not use TLS", () => {
    expect(denyInsecureTransport(["s3:*"], ["arn:x"])).to.deep.equal({
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:*"],
      Resource: ["arn:x"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  it("are serialized with the version that knows policy variables", () => {
    expect(policyDocument([])).to.equal('{"Version":"2012-10-17","Statement":[]}');
  });
});
