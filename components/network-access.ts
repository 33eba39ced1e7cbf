import { arnsIn } from "./names.ts";
import type { KnownContext } from "./pipeline-context.ts";
import { allow, type Statement } from "./policies.ts";

/**
 * What a role must be allowed for SageMaker to put its instances into subnets of the account: network interfaces there, and
 * nowhere else. Nothing without a private network.
 */
export function allowNetwork({
  place,
  network,
}: Pick<KnownContext, "place" | "network">): Statement[] {
  if (network === undefined) return [];
  const arns = arnsIn(place);
  const subnets = network.subnetIds.map((id) => arns.subnet(id));
  const groups = network.securityGroupIds.map((id) => arns.securityGroup(id));
  const anyInterface = arns.networkInterface("*");
  return [
    allow(["ec2:CreateNetworkInterface"], [...subnets, ...groups, anyInterface]),
    allow(["ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface"], [anyInterface], {
      ArnEquals: { "ec2:Subnet": subnets },
    }),
    allow(
      [
        "ec2:DeleteNetworkInterfacePermission",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeVpcs",
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeSubnets",
        "ec2:DescribeSecurityGroups",
      ],
      ["*"], // these actions know no resources
    ),
  ];
}

/** `VpcConfig` of a training job or a model; nothing without a private network. */
export function vpcConfig(network: KnownContext["network"]) {
  if (network === undefined) return {};
  return { VpcConfig: { Subnets: network.subnetIds, SecurityGroupIds: network.securityGroupIds } };
}
