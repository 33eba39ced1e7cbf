import {
  CreateSecurityConfigurationCommand,
  DeleteSecurityConfigurationCommand,
  type EncryptionConfiguration,
  GetSecurityConfigurationCommand,
} from "@aws-sdk/client-glue";
import { fromAws, toAws } from "../aws-case.ts";
import { object, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

/** Glue cannot change one: every change replaces. */
export const glueSecurityConfiguration = resourceType({
  type: "aws:glue/securityConfiguration:SecurityConfiguration",
  inputs: {
    name: text({ maxLength: 255 }),
    encryptionConfiguration: object(
      {
        cloudwatchEncryption: object(
          {
            cloudwatchEncryptionMode: text({ values: ["DISABLED", "SSE-KMS"] }),
            kmsKeyArn: text(),
          },
          { required: true },
        ),
        jobBookmarksEncryption: object(
          {
            jobBookmarksEncryptionMode: text({ values: ["DISABLED", "CSE-KMS"] }),
            kmsKeyArn: text(),
          },
          { required: true },
        ),
        s3Encryption: object(
          {
            s3EncryptionMode: text({ values: ["DISABLED", "SSE-KMS", "SSE-S3"] }),
            kmsKeyArn: text(),
          },
          { required: true },
        ),
      },
      { required: true },
    ),
  },
  autoname: "name",
  identity: ["name"],
  notFound: ["EntityNotFoundException"],

  async create({ name, encryptionConfiguration }, { clients: { glue } }) {
    const { cloudwatchEncryption, jobBookmarksEncryption, s3Encryption } = encryptionConfiguration;
    // Where AWS's names differ by more than case: CloudWatch, and a list of S3 encryptions of which it takes one.
    const configuration = {
      CloudWatchEncryption: toAws(cloudwatchEncryption, {
        cloudwatchEncryptionMode: "CloudWatchEncryptionMode",
      }),
      JobBookmarksEncryption: toAws(jobBookmarksEncryption),
      S3Encryption: [toAws(s3Encryption)],
    } as EncryptionConfiguration;
    await glue.send(
      new CreateSecurityConfigurationCommand({
        Name: name,
        EncryptionConfiguration: configuration,
      }),
    );
    return String(name);
  },

  async read(id, _state, { clients: { glue }, region }) {
    const { SecurityConfiguration: found } = await glue.send(
      new GetSecurityConfigurationCommand({ Name: id }),
    );
    const { CloudWatchEncryption, JobBookmarksEncryption, S3Encryption } =
      found?.EncryptionConfiguration ?? {};
    return {
      name: id,
      region,
      encryptionConfiguration: {
        cloudwatchEncryption: fromAws(CloudWatchEncryption, {
          cloudwatchEncryptionMode: "CloudWatchEncryptionMode",
        }),
        jobBookmarksEncryption: fromAws(JobBookmarksEncryption),
        s3Encryption: fromAws(S3Encryption?.[0]),
      },
    };
  },

  async delete(id, _state, { clients: { glue } }) {
    await glue.send(new DeleteSecurityConfigurationCommand({ Name: id }));
  },
});
