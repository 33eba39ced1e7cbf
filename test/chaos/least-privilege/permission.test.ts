import type { IAMClient } from "@aws-sdk/client-iam";
import { expect } from "chai";
import { fakeClient } from "../../support/fake-client.ts";
import { covers, isFor } from "./denials.ts";
import { type Permission, split, without } from "./permission.ts";

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

  describe("with others", () => {
    const [read, send, start] = ["s3:GetObject", "sqs:SendMessage", "states:StartExecution"].map(
      (action) => ({ Effect: "Allow", Action: [action], Resource: ["arn:a"] }),
    );
    const taken = (statement: number, action: string): Permission => ({
      role: "starter",
      roleName: "starter",
      policyName: "permissions",
      statement,
      action,
      resource: "arn:a",
    });
    const policy = () => {
      const statements: { now: unknown } = { now: [read, send, start] };
      const { client } = fakeClient<IAMClient>({
        GetRolePolicy: () => ({
          PolicyDocument: encodeURIComponent(JSON.stringify({ Statement: statements.now })),
        }),
        PutRolePolicy: ({ PolicyDocument }: { PolicyDocument: string }) => {
          statements.now = JSON.parse(PolicyDocument).Statement;
          return {};
        },
      });
      return { client, statements };
    };

    it("goes with them, in whatever order, and all come back", async () => {
      const { client, statements } = policy();
      const both = [taken(0, "s3:GetObject"), taken(2, "states:StartExecution")];

      const left = await without(client, both, async () => statements.now);

      expect(left).deep.equal([send]);
      expect(statements.now).deep.equal([read, send, start]);
    });

    it("is not taken from another statement than its own", async () => {
      const { client, statements } = policy();

      const error = await without(client, [taken(1, "s3:GetObject")], async () => 0).catch(
        (reason: Error) => reason.message,
      );

      expect(error).equal("starter does not allow s3:GetObject where it did");
      expect(statements.now).deep.equal([read, send, start]);
    });
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
