import { registryAccounts } from "../../../components/algorithms/registry.ts";
import { partitionOf } from "../partition.ts";
import { text } from "../properties/index.ts";
import { providerFunction } from "./provider-function.ts";

export const getPrebuiltEcrImage = providerFunction({
  token: "aws:sagemaker/getPrebuiltEcrImage:getPrebuiltEcrImage",
  inputs: {
    repositoryName: text({ required: true, values: [...registryAccounts.keys()] }),
    imageTag: text(),
    region: text(),
    dnsSuffix: text(),
  },
  async call(inputs, cloud) {
    const { repositoryName, imageTag = "1", region = cloud.region } = inputs;
    const registryId = registryAccounts.get(repositoryName)?.[region];
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
