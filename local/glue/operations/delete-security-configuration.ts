import type { DeleteSecurityConfigurationRequest } from "@aws-sdk/client-glue";
import type { Operation } from "../../cloud/service.ts";
import { securityConfigurationNamed } from "../errors.ts";
import type { Glue } from "../glue.ts";

export function deleteSecurityConfiguration(glue: Glue): Operation {
  return async (request: DeleteSecurityConfigurationRequest) => {
    const name = request.Name as string;
    securityConfigurationNamed(glue, name);
    glue.securityConfigurations.delete(name);
    return {};
  };
}
