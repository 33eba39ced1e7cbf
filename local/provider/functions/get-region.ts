import { partitionOf } from "../partition.ts";
import { text } from "../properties/index.ts";
import { providerFunction } from "./provider-function.ts";

/** Without `description` (a display name such as "US East (Ohio)"), which nothing here needs. */
export const getRegion = providerFunction({
  token: "aws:index/getRegion:getRegion",
  inputs: { region: text(), name: text() },
  async call(inputs, cloud) {
    const region = inputs.region ?? inputs.name ?? cloud.region;
    return {
      id: region,
      name: region,
      region,
      endpoint: `ec2.${region}.${partitionOf(region).dnsSuffix}`,
    };
  },
});
