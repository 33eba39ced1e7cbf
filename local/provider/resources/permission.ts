import {
  AddPermissionCommand,
  GetPolicyCommand,
  RemovePermissionCommand,
} from "@aws-sdk/client-lambda";
import { text } from "../property.ts";
import { resourceType } from "../resource-type.ts";

/** One statement of a function's policy. Lambda cannot change one: every change replaces. */
export const permission = resourceType({
  type: "aws:lambda/permission:Permission",
  inputs: {
    action: text({ required: true }),
    function: text({ required: true }),
    principal: text({ required: true }),
    qualifier: text(),
    sourceAccount: text({ pattern: /^\d{12}$/ }),
    sourceArn: text(),
    statementId: text({ pattern: /^[\w-]{1,100}$/ }),
  },
  autoname: "statementId",
  identity: ["function", "qualifier", "statementId"],
  notFound: ["ResourceNotFoundException"],

  async create(inputs, { clients: { lambda } }) {
    await lambda.send(
      new AddPermissionCommand({
        Action: inputs.action,
        FunctionName: inputs.function,
        Principal: inputs.principal,
        Qualifier: inputs.qualifier,
        SourceAccount: inputs.sourceAccount,
        SourceArn: inputs.sourceArn,
        StatementId: inputs.statementId,
      }),
    );
    return String(inputs.statementId);
  },

  async read(id, state, { clients: { lambda }, region }) {
    const { Policy = "{}" } = await lambda.send(
      new GetPolicyCommand({ FunctionName: state.function, Qualifier: state.qualifier }),
    );
    const statements: { Sid: string; Action: string }[] = JSON.parse(Policy).Statement ?? [];
    const found = statements.find(({ Sid }) => Sid === id);
    return found && { statementId: id, function: state.function, action: found.Action, region };
  },

  async delete(id, state, { clients: { lambda } }) {
    await lambda.send(
      new RemovePermissionCommand({
        FunctionName: state.function,
        Qualifier: state.qualifier,
        StatementId: id,
      }),
    );
  },
});
