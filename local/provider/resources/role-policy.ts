import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { policyDocument, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

export const rolePolicy = resourceType({
  type: "aws:iam/rolePolicy:RolePolicy",
  inputs: {
    name: text({ replaces: true, pattern: /^[\w+=,.@-]{1,128}$/ }),
    role: text({ required: true, replaces: true }),
    policy: policyDocument({ required: true }),
  },
  autoname: "name",
  identity: ["name", "role"],
  notFound: ["NoSuchEntityException", "NoSuchEntity"],

  async create({ role, name, policy }, { clients: { iam } }) {
    await iam.send(
      new PutRolePolicyCommand({ RoleName: role, PolicyName: name, PolicyDocument: policy }),
    );
    return `${role}:${name}`;
  },

  async read(_id, { role, name }, { clients: { iam } }) {
    const { PolicyDocument } = await iam.send(
      new GetRolePolicyCommand({ RoleName: role, PolicyName: name }),
    );
    return { role, name, policy: decodeURIComponent(PolicyDocument ?? "") };
  },

  async update(_id, { role, name, policy }, _state, { clients: { iam } }) {
    await iam.send(
      new PutRolePolicyCommand({ RoleName: role, PolicyName: name, PolicyDocument: policy }),
    );
  },

  async delete(_id, { role, name }, { clients: { iam } }) {
    await iam.send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName: name }));
  },
});
