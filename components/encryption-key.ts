import { allow, type Statement } from "./policies.ts";

/** Reading and writing what `kmsKeyArn` encrypts; nothing where AWS's own keys do. */
export function allowData(kmsKeyArn: string | undefined): Statement[] {
  if (kmsKeyArn === undefined) return [];
  return [
    allow(["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"], [kmsKeyArn]),
  ];
}

/** Encrypting the volumes of instances that SageMaker starts: it takes a grant on the key, for itself alone. */
export function allowVolumes(kmsKeyArn: string | undefined): Statement[] {
  if (kmsKeyArn === undefined) return [];
  return [
    allow(["kms:CreateGrant"], [kmsKeyArn], { Bool: { "kms:GrantIsForAWSResource": "true" } }),
    allow(["kms:DescribeKey"], [kmsKeyArn]),
  ];
}
