import type { GetSecurityConfigurationsRequest } from "@aws-sdk/client-glue";
import type { Operation } from "../../cloud/service.ts";
import type { Glue } from "../glue.ts";
import { pageOf } from "../page.ts";

export function getSecurityConfigurations(glue: Glue): Operation {
  return async (request: GetSecurityConfigurationsRequest) => {
    const all = glue.securityConfigurations
      .values()
      .sort((a, b) => ((a.Name ?? "") < (b.Name ?? "") ? -1 : 1));
    const { items, nextToken } = pageOf(all, request);
    return { SecurityConfigurations: items, NextToken: nextToken };
  };
}
