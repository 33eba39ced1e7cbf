import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { providerFunction } from "./provider-function.ts";

export const getCallerIdentity = providerFunction({
  token: "aws:index/getCallerIdentity:getCallerIdentity",
  inputs: {},
  async call(_inputs, { clients }) {
    const { Account, Arn, UserId } = await clients.sts.send(new GetCallerIdentityCommand({}));
    return { id: Account, accountId: Account, arn: Arn, userId: UserId };
  },
});
