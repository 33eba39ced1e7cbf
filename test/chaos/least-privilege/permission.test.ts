import { expect } from "chai";
import { covers, isFor } from "./denials.ts";
import { split } from "./permission.ts";

const statement = {
  Effect: "Allow" as const,
  Action: ["s3:GetObject", "s3:PutObject"],
  Resource: ["arn:a", "arn:b"],
  Condition: { StringEquals: { k: "v" } },
};

describe("a permission that is taken away", () => {
  it("leaves the other actions on its resource, and its action on the other resources", () => {
    const left = split(statement, { action: "s3:GetObject", resource: "arn:a" });

    expect(left).deep.equal([
      { ...statement, Action: ["s3:PutObject"] },
      { ...statement, Action: ["s3:GetObject"], Resource: ["arn:b"] },
    ]);
  });

  it("leaves no statement that would allow nothing", () => {
    const only = { ...statement, Action: ["s3:GetObject"], Resource: ["arn:a"] };

    expect(split(only, { action: "s3:GetObject", resource: "arn:a" })).deep.equal([]);
  });

  for (const [pattern, arn, expected] of [
    ["arn:aws:s3:::b/runs/*/input.csv", "arn:aws:s3:::b/runs/t/input.csv", true],
    ["arn:aws:s3:::b/runs/*/input.csv", "arn:aws:s3:::b/runs/t/report.json", false],
    ["arn:aws:s3:::b", "arn:aws:s3:::bb", false],
    ["*", "arn:aws:s3:::b", true],
  ] as const) {
    it(`is${expected ? "" : " not"} ${pattern} where ${arn} is denied`, () => {
      expect(covers(pattern, arn)).equal(expected);
    });
  }

  it("is another role's where another role is denied", () => {
    const denial = {
      principal: "arn:aws:sts::0:assumed-role/local-churn-etl/s",
      action: "s3:GetObject",
      resource: "arn:a",
    };
    const permission = {
      role: "etl" as const,
      roleName: "local-churn-etl",
      policyName: "permissions",
      statement: 0,
      action: "s3:GetObject",
      resource: "arn:a",
    };

    expect(isFor(denial, permission)).equal(true);
    expect(isFor(denial, { ...permission, roleName: "local-churn" })).equal(false);
  });
});
