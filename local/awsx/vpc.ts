import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkInputs } from "./check-inputs.ts";

interface Inputs {
  cidrBlock: string;
  availabilityZoneNames?: string[];
  numberOfAvailabilityZones?: number;
  subnetStrategy?: string;
  subnetSpecs: { type: string }[];
  natGateways?: { strategy: string };
  enableDnsHostnames?: boolean;
  enableDnsSupport?: boolean;
}

const known = [
  "cidrBlock",
  "availabilityZoneNames",
  "numberOfAvailabilityZones",
  "subnetStrategy",
  "subnetSpecs",
  "natGateways",
  "enableDnsHostnames",
  "enableDnsSupport",
];

/**
 * `awsx:ec2:Vpc` as far as the program uses it: a VPC and its subnets, with ids that stand for nothing. There are no route
 * tables and no gateways, because nothing is routed.
 */
export class Vpc extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly isolatedSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly routeTables: pulumi.Output<never[]>;

  constructor(name: string, inputs: Inputs, options: pulumi.ComponentResourceOptions) {
    super("awsx:ec2:Vpc", name, {}, options);
    checkInputs("awsx:ec2:Vpc", inputs, known, ["cidrBlock", "subnetSpecs"]);
    const { cidrBlock, enableDnsHostnames, enableDnsSupport } = inputs;
    const vpc = new aws.ec2.Vpc(
      name,
      { cidrBlock, ...definite({ enableDnsHostnames, enableDnsSupport }) },
      { parent: this },
    );
    const zones = inputs.availabilityZoneNames ?? zonesOf(inputs.numberOfAvailabilityZones ?? 3);
    const types = inputs.subnetSpecs.map(({ type }) => type);
    const blocks = divide(cidrBlock, zones.length * types.length);
    const idsOf = (type: string) =>
      pulumi.all(
        types
          .filter((one) => one === type)
          .flatMap((one) =>
            zones.map((availabilityZone, index) => {
              const block = blocks[types.indexOf(one) * zones.length + index];
              return new aws.ec2.Subnet(
                `${name}-${type.toLowerCase()}-${index + 1}`,
                { vpcId: vpc.id, cidrBlock: String(block), availabilityZone },
                { parent: this },
              ).id;
            }),
          ),
      );
    this.vpcId = vpc.id;
    this.isolatedSubnetIds = idsOf("Isolated");
    this.privateSubnetIds = idsOf("Private");
    this.publicSubnetIds = idsOf("Public");
    this.routeTables = pulumi.output([]);
    this.registerOutputs({ vpcId: this.vpcId });
  }
}

function zonesOf(count: number): string[] {
  const region = new pulumi.Config("aws").require("region");
  return Array.from({ length: count }, (_, index) => `${region}${"abcdef"[index]}`);
}

/** Blocks of equal size inside of `cidrBlock`, as many as asked for at least. */
function divide(cidrBlock: string, count: number): string[] {
  const [address = "", prefix] = cidrBlock.split("/");
  const bits = Math.ceil(Math.log2(count));
  const base = address.split(".").reduce((number, part) => number * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(prefix) - bits);
  return Array.from({ length: count }, (_, index) => {
    const start = base + index * size;
    const parts = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
    return `${parts.join(".")}/${Number(prefix) + bits}`;
  });
}

function definite<T extends object>(values: T) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
