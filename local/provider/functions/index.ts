import { getCallerIdentity } from "./get-caller-identity.ts";
import { getPartition } from "./get-partition.ts";
import { getPrebuiltEcrImage } from "./get-prebuilt-ecr-image.ts";
import { getRegion } from "./get-region.ts";

/** Every function of @pulumi/aws that the local provider answers, by its token. */
export const functions = new Map(
  [getCallerIdentity, getPartition, getPrebuiltEcrImage, getRegion].map((item) => [
    item.token,
    item,
  ]),
);
