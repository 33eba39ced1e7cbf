import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePermissionsBoundaryCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { flag, integer, policyDocument, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";
import { changeTags, tagList, tagProperties, tags } from "../tags.ts";

export const role = resourceType({
  type: "aws:iam/role:Role",
  inputs: {
    name: text({ replaces: true, pattern: /^[\w+=,.@-]{1,64}$/ }),
    path: text({ replaces: true, pattern: /^\/(.*\/)?$/ }),
    assumeRolePolicy: policyDocument({ required: true }),
    description: text({ maxLength: 1000 }),
    maxSessionDuration: integer({ min: 3600, max: 43200 }),
    permissionsBoundary: text(),
    forceDetachPolicies: flag(),
    tags,
  },
  autoname: "name",
  identity: ["name"],
  notFound: ["NoSuchEntityException", "NoSuchEntity"],

  async create(inputs, { clients: { iam } }) {
    await iam.send(
      new CreateRoleCommand({
        RoleName: inputs.name,
        Path: inputs.path,
        AssumeRolePolicyDocument: inputs.assumeRolePolicy,
        Description: inputs.description,
        MaxSessionDuration: inputs.maxSessionDuration,
        PermissionsBoundary: inputs.permissionsBoundary,
        Tags: tagList(inputs.tags),
      }),
    );
    return String(inputs.name);
  },

  async read(id, state, { clients: { iam } }) {
    const { Role: found } = await iam.send(new GetRoleCommand({ RoleName: id }));
    if (found === undefined) return undefined;
    return {
      arn: found.Arn,
      name: id,
      path: found.Path,
      uniqueId: found.RoleId,
      createDate: found.CreateDate?.toISOString().replace(".000Z", "Z"),
      assumeRolePolicy: decodeURIComponent(found.AssumeRolePolicyDocument ?? ""),
      description: found.Description || undefined,
      maxSessionDuration: found.MaxSessionDuration ?? 3600,
      permissionsBoundary: found.PermissionsBoundary?.PermissionsBoundaryArn,
      forceDetachPolicies: state.forceDetachPolicies ?? false,
      ...tagProperties(found.Tags),
    };
  },

  async update(id, inputs, state, { clients: { iam } }) {
    const target = { RoleName: id };
    await iam.send(
      new UpdateAssumeRolePolicyCommand({ ...target, PolicyDocument: inputs.assumeRolePolicy }),
    );
    await iam.send(
      new UpdateRoleCommand({
        ...target,
        Description: inputs.description ?? "",
        MaxSessionDuration: inputs.maxSessionDuration ?? 3600,
      }),
    );
    if (inputs.permissionsBoundary !== undefined) {
      const PermissionsBoundary = inputs.permissionsBoundary;
      await iam.send(new PutRolePermissionsBoundaryCommand({ ...target, PermissionsBoundary }));
    } else if (state.permissionsBoundary !== undefined) {
      await iam.send(new DeleteRolePermissionsBoundaryCommand(target));
    }
    await changeTags(
      state.tags,
      inputs.tags,
      (added) => iam.send(new TagRoleCommand({ ...target, Tags: tagList(added) })),
      (TagKeys) => iam.send(new UntagRoleCommand({ ...target, TagKeys })),
    );
  },

  async delete(id, state, { clients: { iam } }) {
    if (state.forceDetachPolicies === true) await removePolicies(iam, id);
    await iam.send(new DeleteRoleCommand({ RoleName: id }));
  },
});

async function removePolicies(iam: IAMClient, RoleName: string) {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of PolicyNames) {
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  }
  const { AttachedPolicies = [] } = await iam.send(
    new ListAttachedRolePoliciesCommand({ RoleName }),
  );
  for (const { PolicyArn } of AttachedPolicies) {
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  }
}
