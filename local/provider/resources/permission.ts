import {
  AddPermissionCommand,
  GetPolicyCommand,
  RemovePermissionCommand,
} from "@aws-sdk/client-lambda";
import { text } from "../properties/index.ts";
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
    const statements: Statement[] = JSON.parse(Policy).Statement ?? [];
    const found = statements.find(({ Sid }) => Sid === id);
    if (found === undefined) return undefined;
    const { Principal, Condition = {} } = found;
    const conditions = Object.assign({}, ...Object.values(Condition)) as Record<string, string>;
    return {
      statementId: id,
      function: state.function,
      action: found.Action,
      principal: typeof Principal === "string" ? Principal : (Principal.Service ?? Principal.AWS),
      sourceAccount: conditions["AWS:SourceAccount"],
      sourceArn: conditions["AWS:SourceArn"],
      region,
    };
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

/** As Lambda writes it into the function's policy. */
interface Statement {
  Sid: string;
  Action: string;
  Principal: string | { Service?: string; AWS?: string };
  Condition?: Record<string, Record<string, string>>;
}
