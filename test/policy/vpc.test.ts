import { holds, resource } from "./rule-cases.ts";

const group = (...ingress: object[]) =>
  resource("aws:ec2/securityGroup:SecurityGroup", "group", { ingress });
const rule = (props: Record<string, unknown>) =>
  resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "rule", props);
const oldRule = (props: Record<string, unknown>) =>
  resource("aws:ec2/securityGroupRule:SecurityGroupRule", "old-rule", props);

holds("AwsSolutions-EC23", [
  ["a group without rules", [resource("aws:ec2/securityGroup:SecurityGroup", "group", {})]],
  ["a group's own block", [group({ cidrBlocks: ["10.0.0.0/16"] })]],
  [
    "everybody in one of its rules",
    [group({}, { cidrBlocks: ["0.0.0.0/0"] })],
    ["it lets in 0.0.0.0/0"],
  ],
  ["everybody over IPv6", [group({ ipv6CidrBlocks: ["::/0"] })], ["it lets in ::/0"]],
  ["a rule for another group", [rule({ referencedSecurityGroupId: "sg-1" })]],
  ["a rule for everybody", [rule({ cidrIpv4: "0.0.0.0/0" })], ["it lets in 0.0.0.0/0"]],
  ["a rule for everybody over IPv6", [rule({ cidrIpv6: "::/0" })], ["it lets in ::/0"]],
  [
    "an ingress rule of the older kind",
    [oldRule({ type: "ingress", cidrBlocks: ["0.0.0.0/0"] })],
    ["it lets in 0.0.0.0/0"],
  ],
  ["what goes out", [oldRule({ type: "egress", cidrBlocks: ["0.0.0.0/0"] })]],
]);

const vpc = resource("aws:ec2/vpc:Vpc", "net", {});
const endpoint = (service: string, props: object = {}) =>
  resource("aws:ec2/vpcEndpoint:VpcEndpoint", service, {
    serviceName: `com.amazonaws.eu-west-1.${service}`,
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    ...props,
  });
const all = ["s3", "sagemaker.api", "sagemaker.runtime", "logs", "ecr.api", "ecr.dkr", "sts"].map(
  (service) => endpoint(service),
);

holds("VPC-ServiceEndpoints", [
  ["a VPC with all of them", [vpc, ...all]],
  ["a stack without a VPC", []],
  [
    "a VPC without some",
    [vpc, ...all.filter(({ name }) => name !== "s3" && name !== "logs")],
    ["there is no endpoint of s3", "there is no endpoint of logs"],
  ],
]);

holds("VPC-EndpointPrivateDns", [
  ["an interface with the service's name", [endpoint("logs")]],
  [
    "a gateway, which routes",
    [endpoint("s3", { vpcEndpointType: "Gateway", privateDnsEnabled: undefined })],
  ],
  [
    "an interface that its name does not lead to",
    [endpoint("logs", { privateDnsEnabled: false })],
    ["the name of com.amazonaws.eu-west-1.logs does not lead to it"],
  ],
]);
