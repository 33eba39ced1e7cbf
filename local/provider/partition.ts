/** A partition of AWS: regions that share one set of accounts and one DNS suffix. */
export interface Partition {
  id: string;
  dnsSuffix: string;
  reverseDnsPrefix: string;
}

const partitions: readonly (Partition & { regions: RegExp })[] = [
  {
    id: "aws-cn",
    dnsSuffix: "amazonaws.com.cn",
    reverseDnsPrefix: "cn.com.amazonaws",
    regions: /^cn-/,
  },
  {
    id: "aws-us-gov",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
    regions: /^us-gov-/,
  },
  {
    id: "aws-iso-b",
    dnsSuffix: "sc2s.sgov.gov",
    reverseDnsPrefix: "gov.sgov.sc2s",
    regions: /^us-isob-/,
  },
  {
    id: "aws-iso-f",
    dnsSuffix: "csp.hci.ic.gov",
    reverseDnsPrefix: "gov.ic.hci.csp",
    regions: /^us-isof-/,
  },
  { id: "aws-iso", dnsSuffix: "c2s.ic.gov", reverseDnsPrefix: "gov.ic.c2s", regions: /^us-iso-/ },
  { id: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws", regions: /^/ },
];

/** Source: partition metadata of the AWS SDKs (partitions.json, regionRegex and outputs of each partition). */
export function partitionOf(region: string): Partition {
  const { regions: _, ...partition } = partitions.find(({ regions }) =>
    regions.test(region),
  ) as (typeof partitions)[0];
  return partition;
}
