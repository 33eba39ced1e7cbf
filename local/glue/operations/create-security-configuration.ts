import type {
  CreateSecurityConfigurationRequest,
  EncryptionConfiguration,
} from "@aws-sdk/client-glue";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Operation } from "../../cloud/service.ts";
import { now } from "../../cloud/wire.ts";
import type { Glue } from "../glue.ts";

/** Kept and shown; nothing is encrypted on a laptop. */
export function createSecurityConfiguration(glue: Glue): Operation {
  return async (request: CreateSecurityConfigurationRequest) => {
    const name = request.Name as string;
    if (glue.securityConfigurations.get(name)) {
      throw new AwsError(
        "AlreadyExistsException",
        `Security configuration ${name} already exists.`,
      );
    }
    const time = now();
    glue.securityConfigurations.put(name, {
      Name: name,
      CreatedTimeStamp: time,
      EncryptionConfiguration: request.EncryptionConfiguration as EncryptionConfiguration,
    });
    return { Name: name, CreatedTimestamp: time };
  };
}
