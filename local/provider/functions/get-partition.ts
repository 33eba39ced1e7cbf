import { partitionOf } from "../partition.ts";
import { providerFunction } from "./provider-function.ts";

export const getPartition = providerFunction({
  token: "aws:index/getPartition:getPartition",
  inputs: {},
  async call(_inputs, { region }) {
    const { id, dnsSuffix, reverseDnsPrefix } = partitionOf(region);
    return { id, partition: id, dnsSuffix, reverseDnsPrefix };
  },
});
