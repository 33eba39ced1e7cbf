import { z } from "zod";
import { field } from "./section.ts";

/** The ARN of a KMS key in the stack's region, or nothing. */
export function kmsKeyField(region: string | undefined) {
  const keyArn = new RegExp(
    `^arn:aws[a-z-]*:kms:${region ?? "[a-z0-9-]+"}:\\d{12}:key/[A-Za-z0-9-]+$`,
  );
  return field(
    z.string().regex(keyArn).optional(),
    `the ARN of a KMS key in ${region ?? "the stack's region"}; aliases cannot stand in policies`,
    `write arn:aws:kms:${region ?? "<region>"}:<account>:key/<id>, or leave it out for the keys that AWS owns`,
  );
}
