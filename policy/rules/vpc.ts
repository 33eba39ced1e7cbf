import { at, list } from "../property.ts";
import type { Resource, Rule } from "../rule.ts";

const everybody = new Set(["0.0.0.0/0", "::/0"]);

const group = "aws:ec2/securityGroup:SecurityGroup";
const groupRule = "aws:ec2/securityGroupRule:SecurityGroupRule";
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

export const closedSecurityGroups: Rule = {
  name: "AwsSolutions-EC23",
  description: "Security groups let nobody in from just anywhere.",
  scope: "resource",
  types: [group, groupRule, ingressRule],
  check: (resource) =>
    sourcesOf(resource)
      .filter((source) => everybody.has(String(source)))
      .map((source) => `it lets in ${source}`),
};

/** Address blocks that a security group, or one rule of it, lets in. */
function sourcesOf({ type, props }: Resource): unknown[] {
  if (type === ingressRule) return [props["cidrIpv4"], props["cidrIpv6"]];
  if (type === groupRule && props["type"] !== "ingress") return [];
  const rules = type === groupRule ? [props] : list(props["ingress"]);
  return rules.flatMap((rule) => [
    ...list(at(rule, "cidrBlocks")),
    ...list(at(rule, "ipv6CidrBlocks")),
  ]);
}

/** What training jobs and endpoints call. */
const services = ["s3", "sagemaker.api", "sagemaker.runtime", "logs", "ecr.api", "ecr.dkr", "sts"];

const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

export const serviceEndpoints: Rule = {
  name: "VPC-ServiceEndpoints",
  description:
    "AWS services are reached from a VPC of the stack's by endpoints, not over the internet.",
  scope: "stack",
  types: ["aws:ec2/vpc:Vpc"],
  check: (_vpc, stack) => {
    const names = stack
      .filter(({ type }) => type === endpoint)
      .map(({ props }) => String(props["serviceName"]));
    return services
      .filter((service) => !names.some((name) => name.endsWith(`.${service}`)))
      .map((service) => `there is no endpoint of ${service}`);
  },
};

export const privateNames: Rule = {
  name: "VPC-EndpointPrivateDns",
  description: "The usual name of an AWS service leads to its endpoint.",
  scope: "resource",
  types: [endpoint],
  check: ({ props }) =>
    props["vpcEndpointType"] !== "Interface" || props["privateDnsEnabled"] === true
      ? []
      : [`the name of ${props["serviceName"]} does not lead to it`],
};
