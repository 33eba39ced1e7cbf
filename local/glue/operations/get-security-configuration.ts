import type { GetSecurityConfigurationRequest } from "@aws-sdk/client-glue";
import type { Operation } from "../../cloud/service.ts";
import { securityConfigurationNamed } from "../errors.ts";
import type { Glue } from "../glue.ts";

export function getSecurityConfiguration(glue: Glue): Operation {
  return async (request: GetSecurityConfigurationRequest) => ({
    SecurityConfiguration: securityConfigurationNamed(glue, request.Name as string),
  });
}
