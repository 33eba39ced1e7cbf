import { account, kmsKey, region } from "./case-parents.ts";
import type { ResourceCase } from "./resource-case.ts";

const lifecycle = (days: number) =>
  JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countNumber: days,
          countUnit: "days",
        },
        action: { type: "expire" },
      },
    ],
  });

export const ecrCases: ResourceCase[] = [
  {
    type: "aws:ecr/repository:Repository",
    name: "images",
    inputs: {
      name: "case-images",
      imageTagMutability: "MUTABLE",
      imageScanningConfiguration: { scanOnPush: false },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey }],
      forceDelete: true,
      tags: { team: "a", gone: "x" },
    },
    updated: {
      name: "case-images",
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey }],
      forceDelete: true,
      tags: { team: "b", more: "y" },
    },
    id: "case-images",
    outputs: {
      arn: `arn:aws:ecr:${region}:${account}:repository/case-images`,
      repositoryUrl: `${account}.dkr.ecr.${region}.amazonaws.com/case-images`,
    },
    unread: ["forceDelete"],
    replacing: [
      ["name", "case-other", false],
      ["encryptionConfigurations", [{ encryptionType: "AES256" }], true],
    ],
  },
  {
    type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    name: "lifecycle",
    inputs: { repository: "parent-images", policy: lifecycle(7) },
    id: "parent-images",
    outputs: {},
    replacing: [
      ["repository", "case-other", false],
      ["policy", lifecycle(8), true],
    ],
  },
];
