import { expect } from "chai";
import { comparisonNames } from "../../../components/comparison-names.ts";
import { pipelineNames } from "../../../components/names.ts";
import { comparisonUses, sharedUses } from "./comparison-uses.ts";
import { kindOf } from "./every-permission.ts";
import { furtherUses } from "./further-uses.ts";
import type { Permission } from "./permission.ts";
import { idleKeys, type RoleUses, useIn } from "./use.ts";
import { uses } from "./uses.ts";

const permission = (resource: string, changes: Partial<Permission> = {}): Permission => ({
  role: "etl",
  roleName: "local-churn-etl",
  policyName: "permissions",
  statement: 0,
  action: "s3:GetObject",
  resource,
  ...changes,
});

describe("the tables of permissions", () => {
  const tables: Record<string, RoleUses> = { uses, comparisonUses, sharedUses };

  it("name other rows for what these see", () => {
    const elsewhere = Object.values(tables).flatMap((table) =>
      Object.entries(table).flatMap(([role, ofRole]) =>
        Object.entries(ofRole).flatMap(([key, use]) =>
          "row" in use ? [{ role, key, row: use.row }] : [],
        ),
      ),
    );

    expect(elsewhere).to.not.be.empty;
    for (const { role, key, row } of elsewhere) {
      expect(furtherUses[row][role]?.[key], `${row}, ${role}: ${key}`).to.have.property("path");
    }
  });

  it("say of a permission what they say of its resource, else what they say of its action", () => {
    const table = { etl: { "s3:GetObject": { path: "run" }, "s3:GetObject /a/": { path: "a" } } };

    expect(useIn(table, permission("arn:b/a/1"))).to.deep.equal({ path: "a" });
    expect(useIn(table, permission("arn:b/c/1"))).to.deep.equal({ path: "run" });
  });

  it("forget none that is granted", () => {
    const ask = () => useIn({ etl: {} }, permission("arn:b"));

    expect(ask).to.throw("nobody says where etl needs s3:GetObject on arn:b");
  });

  it("keep none that is not granted any more", () => {
    const table = { etl: { "s3:GetObject": { path: "run" }, "s3:PutObject": { path: "run" } } };

    expect(idleKeys(table, [permission("arn:b")])).to.deep.equal(["etl: s3:PutObject"]);
  });
});

describe("a permission of one entry of config", () => {
  const churn = { names: pipelineNames("local", "churn"), endpointName: "churn" };
  const plain = { names: pipelineNames("local", "plain"), endpointName: "plain" };
  const shells = { names: comparisonNames("local", "shells"), endpointName: "shells" };
  const alike = (one: string, other: string, second = plain) =>
    kindOf(permission(one), churn) === kindOf(permission(other), second);

  it("is that of another where names alone differ", () => {
    expect(alike("arn:s3:::retraining-local-churn-1/a", "arn:s3:::retraining-local-plain-1/a")).to
      .be.true;
    expect(alike("arn:endpoint/churn", "arn:endpoint/plain")).to.be.true;
    expect(alike("arn:Endpoints/churn:*", "arn:Endpoints/plain:*")).to.be.true;
    expect(alike(`arn:${churn.names.tuningPrefix}*`, `arn:${plain.names.tuningPrefix}*`)).to.be
      .true;
    expect(alike("arn:local-churn-retraining", "arn:local-shells-comparison", shells)).to.be.true;
  });

  it("is another where it is on more, for another role, or under another condition", () => {
    const one = permission("arn:endpoint/churn");
    const kind = kindOf(one, churn);

    expect(alike("arn:endpoint/churn", "arn:endpoint/plain-*")).to.be.false;
    expect(kindOf({ ...one, role: "serving" }, churn)).to.not.equal(kind);
    expect(kindOf({ ...one, action: "s3:PutObject" }, churn)).to.not.equal(kind);
    expect(kindOf({ ...one, condition: { StringLike: { a: "b" } } }, churn)).to.not.equal(kind);
  });
});
