import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeRepositoriesCommand,
  ListImagesCommand,
  ListTagsForResourceCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  type Repository,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-ecr";
import { ImageStore } from "../../images/image-store.ts";
import { partitionOf } from "../partition.ts";
import { flag, list, object, text } from "../properties/index.ts";
import { type Cloud, resourceType } from "../resource-type.ts";
import { changeTags, tagList, tagProperties, tags } from "../tags.ts";

export const repository = resourceType({
  type: "aws:ecr/repository:Repository",
  inputs: {
    name: text({ replaces: true, pattern: /^[a-z0-9]+([._/-][a-z0-9]+)*$/ }),
    imageTagMutability: text({ values: ["MUTABLE", "IMMUTABLE"] }),
    imageScanningConfiguration: object({ scanOnPush: flag({ required: true }) }),
    encryptionConfigurations: list(
      object({ encryptionType: text({ values: ["AES256", "KMS"] }), kmsKey: text() }),
      { replaces: true, maxItems: 1 },
    ),
    forceDelete: flag(),
    tags,
  },
  autoname: "name",
  identity: ["name"],
  notFound: ["RepositoryNotFoundException"],

  async create(values, { clients: { ecr } }) {
    const encryption = values.encryptionConfigurations?.[0];
    const { repository: made } = await ecr.send(
      new CreateRepositoryCommand({
        repositoryName: values.name,
        imageTagMutability: (values.imageTagMutability ?? "MUTABLE") as "MUTABLE" | "IMMUTABLE",
        imageScanningConfiguration: values.imageScanningConfiguration,
        encryptionConfiguration: encryption && {
          encryptionType: (encryption.encryptionType ?? "AES256") as "AES256" | "KMS",
          kmsKey: encryption.kmsKey,
        },
        tags: tagList(values.tags),
      }),
    );
    return String(made?.repositoryName);
  },

  async read(id, state, cloud) {
    const { ecr } = cloud.clients;
    const found = await describe(cloud, id);
    const { tags: given = [] } = await ecr.send(
      new ListTagsForResourceCommand({ resourceArn: found.repositoryArn }),
    );
    const { encryptionType, kmsKey } = found.encryptionConfiguration ?? {};
    return {
      name: id,
      arn: found.repositoryArn,
      registryId: found.registryId,
      repositoryUrl: repositoryUrl(id, cloud),
      imageTagMutability: found.imageTagMutability,
      imageScanningConfiguration: {
        scanOnPush: found.imageScanningConfiguration?.scanOnPush ?? false,
      },
      encryptionConfigurations: [{ encryptionType, ...(kmsKey && { kmsKey }) }],
      forceDelete: state.forceDelete ?? false, // the provider's own: ECR knows nothing of it
      ...tagProperties(given),
    };
  },

  async update(id, values, state, cloud) {
    const { ecr } = cloud.clients;
    await ecr.send(
      new PutImageTagMutabilityCommand({
        repositoryName: id,
        imageTagMutability: (values.imageTagMutability ?? "MUTABLE") as "MUTABLE" | "IMMUTABLE",
      }),
    );
    await ecr.send(
      new PutImageScanningConfigurationCommand({
        repositoryName: id,
        imageScanningConfiguration: values.imageScanningConfiguration ?? { scanOnPush: false },
      }),
    );
    const { repositoryArn: resourceArn } = await describe(cloud, id);
    await changeTags(
      state.tags,
      values.tags,
      (added) => ecr.send(new TagResourceCommand({ resourceArn, tags: tagList(added) })),
      (tagKeys) => ecr.send(new UntagResourceCommand({ resourceArn, tagKeys })),
    );
  },

  async delete(id, { forceDelete }, { clients: { ecr }, stateDir }) {
    const { imageIds = [] } = await ecr.send(new ListImagesCommand({ repositoryName: id }));
    await ecr.send(
      new DeleteRepositoryCommand({ repositoryName: id, force: forceDelete === true }),
    );
    if (stateDir === undefined) return;
    const store = new ImageStore(stateDir);
    for (const { imageDigest } of imageIds) await store.remove(String(imageDigest));
  },
});

/** Registry path without tag, in the registry of the cloud's account and region. */
export function repositoryUrl(name: string, { accountId, region }: Cloud): string {
  return `${accountId}.dkr.ecr.${region}.${partitionOf(region).dnsSuffix}/${name}`;
}

async function describe({ clients: { ecr } }: Cloud, name: string): Promise<Repository> {
  const { repositories = [] } = await ecr.send(
    new DescribeRepositoriesCommand({ repositoryNames: [name] }),
  );
  return repositories[0] ?? {};
}
