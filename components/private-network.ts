import * as aws from "@pulumi/aws";
import * as ec2 from "@pulumi/awsx/ec2/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "./names.ts";
import type { NetworkPlace } from "./pipeline-context.ts";

export interface PrivateNetworkArgs {
  place: Place;

  /** IPv4 block of the VPC, /16 to /28. */
  cidrBlock: string;

  /** Availability zones with a subnet each: how many, or which. */
  availabilityZones: number | string[];

  /** Ways out to the internet. `none`: the subnets are isolated, and only the endpoints below lead out of them. */
  natGateways: "none" | "single" | "onePerAz";

  /** Whether keys of the account encrypt data: their service is then reached too. */
  usesKmsKeys: boolean;
}

const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

/** AWS services that training and serving call, by the last part of their endpoint service's name. */
const interfaceServices = [
  "sagemaker.api",
  "sagemaker.runtime",
  "logs",
  "monitoring",
  "ecr.api",
  "ecr.dkr",
  "sts",
] as const;

/**
 * A VPC for training jobs and endpoints: subnets without a way in, endpoints to the AWS services that they need, and one
 * security group for them.
 *
 * @example
 * const network = new PrivateNetwork("network", {
 *   place,
 *   cidrBlock: "10.0.0.0/16",
 *   availabilityZones: 2,
 *   natGateways: "none",
 *   usesKmsKeys: false,
 * });
 */
export class PrivateNetwork extends pulumi.ComponentResource implements NetworkPlace {
  readonly subnetIds: pulumi.Output<string[]>;
  readonly securityGroupIds: pulumi.Output<string[]>;

  constructor(name: string, args: PrivateNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("retraining:components:PrivateNetwork", name, {}, opts);
    const vpc = createVpc(this, name, args);
    const isolated = args.natGateways === "none";
    this.subnetIds = isolated ? vpc.isolatedSubnetIds : vpc.privateSubnetIds;
    const workload = createSecurityGroup(this, `${name}-workload`, {
      vpcId: vpc.vpcId,
      description: "Training jobs and endpoints of SageMaker",
    });
    const endpoints = createSecurityGroup(this, `${name}-endpoints`, {
      vpcId: vpc.vpcId,
      description: "Endpoints of AWS services",
    });
    const s3 = createS3Endpoint(this, name, args.place, vpc);
    const services = createServiceEndpoints(this, name, args, {
      vpcId: vpc.vpcId,
      subnetIds: this.subnetIds,
      securityGroupIds: [endpoints.id],
    });
    const rules = allowTraffic(this, name, { workload, endpoints, s3, isolated });
    // a job that starts before it can reach S3 fails
    const ready = pulumi.all([...services, ...rules].map(({ id }) => id));
    this.securityGroupIds = pulumi.all([workload.id, ready]).apply(([id]) => [id]);
    this.registerOutputs({ subnetIds: this.subnetIds, securityGroupIds: this.securityGroupIds });
  }
}

function createVpc(parent: pulumi.Resource, name: string, args: PrivateNetworkArgs) {
  const { cidrBlock, availabilityZones: zones, natGateways } = args;
  const isolated = natGateways === "none";
  return new ec2.Vpc(
    name,
    {
      cidrBlock,
      ...(typeof zones === "number"
        ? { numberOfAvailabilityZones: zones }
        : { availabilityZoneNames: zones }),
      subnetStrategy: "Auto",
      subnetSpecs: isolated ? [{ type: "Isolated" }] : [{ type: "Private" }, { type: "Public" }],
      natGateways: {
        strategy: isolated ? "None" : natGateways === "single" ? "Single" : "OnePerAz",
      },
      enableDnsHostnames: true, // names of AWS services lead to the endpoints
      enableDnsSupport: true,
    },
    { parent },
  );
}

/** Without a rule of its own: nothing comes in and nothing goes out. */
function createSecurityGroup(
  parent: pulumi.Resource,
  name: string,
  args: { vpcId: pulumi.Output<string>; description: string },
) {
  return new aws.ec2.SecurityGroup(name, args, { parent });
}

/** Free of charge, and the way of all training data. */
function createS3Endpoint(parent: pulumi.Resource, name: string, place: Place, vpc: ec2.Vpc) {
  return new aws.ec2.VpcEndpoint(
    `${name}-s3`,
    {
      vpcId: vpc.vpcId,
      serviceName: serviceName(place, "s3"),
      vpcEndpointType: "Gateway",
      routeTableIds: vpc.routeTables.apply((tables) => tables.map(({ id }) => id)),
    },
    { parent },
  );
}

function createServiceEndpoints(
  parent: pulumi.Resource,
  name: string,
  { place, usesKmsKeys }: PrivateNetworkArgs,
  where: Pick<aws.ec2.VpcEndpointArgs, "vpcId" | "subnetIds" | "securityGroupIds">,
) {
  return [...interfaceServices, ...(usesKmsKeys ? ["kms"] : [])].map(
    (service) =>
      new aws.ec2.VpcEndpoint(
        `${name}-${service.replace(".", "-")}`,
        {
          ...where,
          serviceName: serviceName(place, service),
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
        },
        { parent },
      ),
  );
}

/** Endpoint services are named by domain, backwards; in China some services put their own domain before it. */
function serviceName({ partition, region }: Place, service: string): string {
  const inChina = partition === "aws-cn" && !["s3", "logs", "kms"].includes(service);
  return `${inChina ? "cn." : ""}com.amazonaws.${region}.${service}`;
}

interface Traffic {
  workload: aws.ec2.SecurityGroup;
  endpoints: aws.ec2.SecurityGroup;
  s3: aws.ec2.VpcEndpoint;
  isolated: boolean;
}

/** What is let through, each rule a resource of its own: rules inside of a group would have to be all that it has. */
function allowTraffic(parent: pulumi.Resource, name: string, traffic: Traffic) {
  const { workload, endpoints, s3, isolated } = traffic;
  const ingress = (suffix: string, args: aws.vpc.SecurityGroupIngressRuleArgs) =>
    new aws.vpc.SecurityGroupIngressRule(`${name}-${suffix}`, args, { parent });
  const egress = (
    suffix: string,
    args: Omit<aws.vpc.SecurityGroupEgressRuleArgs, "securityGroupId">,
  ) =>
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-${suffix}`,
      { securityGroupId: workload.id, ...args },
      { parent },
    );
  return [
    ingress("from-peers", {
      securityGroupId: workload.id,
      referencedSecurityGroupId: workload.id,
      ipProtocol: "-1", // instances of one training job choose their ports themselves
      description: "instances of one training job",
    }),
    ingress("into-endpoints", {
      securityGroupId: endpoints.id,
      referencedSecurityGroupId: workload.id,
      ...https,
      description: "from training jobs and endpoints",
    }),
    egress("to-peers", {
      referencedSecurityGroupId: workload.id,
      ipProtocol: "-1",
      description: "instances of one training job",
    }),
    egress("to-endpoints", {
      referencedSecurityGroupId: endpoints.id,
      ...https,
      description: "AWS services",
    }),
    egress("to-s3", { prefixListId: s3.prefixListId, ...https, description: "Amazon S3" }),
    ...(isolated
      ? []
      : [egress("to-internet", { cidrIpv4: "0.0.0.0/0", ...https, description: "the internet" })]),
  ];
}
