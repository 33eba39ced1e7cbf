import { partitionOf } from "../partition.ts";
import { text } from "../properties/index.ts";
import { providerFunction } from "./provider-function.ts";
import registryAccounts from "./registry-accounts.json" with { type: "json" };

/** Registry accounts of SageMaker's built-in algorithms: repository -> region -> account. */
const accounts = new Map<string, Readonly<Record<string, string>>>(
  registryAccounts.families.flatMap(({ repositories, accounts: byRegion }) =>
    repositories.map((repository) => [repository, byRegion as Record<string, string>] as const),
  ),
);

export const getPrebuiltEcrImage = providerFunction({
  token: "aws:sagemaker/getPrebuiltEcrImage:getPrebuiltEcrImage",
  inputs: {
    repositoryName: text({ required: true, values: [...accounts.keys()] }),
    imageTag: text(),
    region: text(),
    dnsSuffix: text(),
  },
  async call(inputs, cloud) {
    const { repositoryName, imageTag = "1", region = cloud.region } = inputs;
    const registryId = accounts.get(repositoryName)?.[region];
    if (registryId === undefined) {
      throw new Error(
        `no registry ID available for region (${region}) and repository (${repositoryName})`,
      );
    }
    const dnsSuffix = inputs.dnsSuffix ?? partitionOf(cloud.region).dnsSuffix;
    return {
      id: registryId,
      registryId,
      registryPath: `${registryId}.dkr.ecr.${region}.${dnsSuffix}/${repositoryName}:${imageTag}`,
      repositoryName,
      imageTag,
      region,
      ...(inputs.dnsSuffix === undefined ? {} : { dnsSuffix: inputs.dnsSuffix }),
    };
  },
});
