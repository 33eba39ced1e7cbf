import { flag, integer, list, object, policyDocument, text } from "../../properties/index.ts";
import { tags } from "../../tags.ts";
import { recorded } from "./recorded.ts";

const cidr = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;
const id = (prefix: string) => text({ required: true, replaces: true, pattern: idOf(prefix) });
const idOf = (prefix: string) => new RegExp(`^${prefix}-[0-9a-f]{8,17}$`);

const vpc = recorded({
  type: "aws:ec2/vpc:Vpc",
  idPrefix: "vpc-",
  inputs: {
    cidrBlock: text({ required: true, replaces: true, pattern: cidr }),
    enableDnsHostnames: flag(),
    enableDnsSupport: flag(),
    tags,
  },
  outputs: (made, { region, accountId }) => ({
    arn: `arn:aws:ec2:${region}:${accountId}:vpc/${made}`,
  }),
});

const subnet = recorded({
  type: "aws:ec2/subnet:Subnet",
  idPrefix: "subnet-",
  inputs: {
    vpcId: id("vpc"),
    cidrBlock: text({ required: true, replaces: true, pattern: cidr }),
    availabilityZone: text({ replaces: true }),
    tags,
  },
});

const securityGroup = recorded({
  type: "aws:ec2/securityGroup:SecurityGroup",
  idPrefix: "sg-",
  inputs: {
    vpcId: id("vpc"),
    name: text({ replaces: true, maxLength: 255 }),
    description: text({ replaces: true, maxLength: 255 }),
    tags,
  },
});

const rule = {
  securityGroupId: id("sg"),
  ipProtocol: text({ required: true }),
  fromPort: integer({ min: -1, max: 65535 }),
  toPort: integer({ min: -1, max: 65535 }),
  cidrIpv4: text({ pattern: cidr }),
  prefixListId: text({ pattern: idOf("pl") }),
  referencedSecurityGroupId: text({ pattern: idOf("sg") }),
  description: text({ maxLength: 255 }),
  tags,
};

const ingressRule = recorded({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  idPrefix: "sgr-",
  inputs: rule,
});

const egressRule = recorded({
  type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  idPrefix: "sgr-",
  inputs: rule,
});

const vpcEndpoint = recorded({
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  idPrefix: "vpce-",
  inputs: {
    vpcId: id("vpc"),
    serviceName: text({ required: true, replaces: true }),
    vpcEndpointType: text({ replaces: true, values: ["Gateway", "Interface"] }),
    routeTableIds: list(text({ pattern: idOf("rtb") })),
    subnetIds: list(text({ pattern: idOf("subnet") })),
    securityGroupIds: list(text({ pattern: idOf("sg") })),
    privateDnsEnabled: flag(),
    policy: policyDocument(),
    dnsOptions: object({ dnsRecordIpType: text() }),
    tags,
  },
  outputs: (made) => ({ state: "available", prefixListId: `pl-${made.slice(-8)}` }),
});

/** Parts of a private network. */
export const networkTypes = [vpc, subnet, securityGroup, ingressRule, egressRule, vpcEndpoint];
