import { expect } from "chai";
import { BuiltinAlgorithmPipeline } from "../../components/builtin-algorithm-pipeline.ts";
import { servingStatements, trainingStatements } from "../../components/model-roles.ts";
import { PrivateNetwork, type PrivateNetworkArgs } from "../../components/private-network.ts";
import { retrainingStack } from "../../stacks/retraining-stack.ts";
import { record } from "../support/mocks.ts";
import { churn, churnContext, image, place, region } from "../support/pipeline.ts";

const args: PrivateNetworkArgs = {
  place,
  cidrBlock: "10.0.0.0/16",
  availabilityZones: 2,
  natGateways: "none",
  usesKmsKeys: false,
};
const made = (changes: Partial<PrivateNetworkArgs> = {}) =>
  record(() => {
    new PrivateNetwork("network", { ...args, ...changes });
  });

const vpcEndpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressRule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

describe("PrivateNetwork", () => {
  it("has isolated subnets and no gateway by default", async () => {
    const { find } = await made();

    expect(find("network").inputs).to.deep.equal({
      cidrBlock: "10.0.0.0/16",
      numberOfAvailabilityZones: 2,
      subnetStrategy: "Auto",
      subnetSpecs: [{ type: "Isolated" }],
      natGateways: { strategy: "None" },
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
  });

  for (const [natGateways, strategy] of [
    ["single", "Single"],
    ["onePerAz", "OnePerAz"],
  ] as const) {
    it(`has private subnets behind ${natGateways} NAT gateway where asked`, async () => {
      const zones = [`${region}a`, `${region}b`];
      const { find, resources } = await made({ natGateways, availabilityZones: zones });

      expect(find("network").inputs).to.deep.include({
        availabilityZoneNames: zones,
        subnetSpecs: [{ type: "Private" }, { type: "Public" }],
        natGateways: { strategy },
      });
      const out = resources.filter(({ inputs }) => inputs["cidrIpv4"] !== undefined);
      expect(
        out.map(({ type, inputs }) => [type, inputs["cidrIpv4"], inputs["toPort"]]),
      ).to.deep.equal([[egressRule, "0.0.0.0/0", 443]]);
    });
  }

  it("reaches each AWS service that jobs and endpoints call by an endpoint", async () => {
    const { resources, find } = await made();

    const endpoints = resources.filter(({ type }) => type === vpcEndpoint);
    expect(
      endpoints.map(({ inputs }) => [inputs["serviceName"], inputs["vpcEndpointType"]]),
    ).to.deep.equal([
      [`com.amazonaws.${region}.s3`, "Gateway"],
      ...[
        "sagemaker.api",
        "sagemaker.runtime",
        "logs",
        "monitoring",
        "ecr.api",
        "ecr.dkr",
        "sts",
      ].map((service) => [`com.amazonaws.${region}.${service}`, "Interface"]),
    ]);
    expect(find("network-s3").inputs["routeTableIds"]).to.deep.equal(["rtb-0a", "rtb-0b"]);
    expect(find("network-logs").inputs).to.deep.include({
      vpcId: "vpc-0a",
      subnetIds: ["subnet-0a", "subnet-0b"],
      securityGroupIds: ["network-endpoints-id"],
      privateDnsEnabled: true,
    });
  });

  it("reaches KMS where keys of the account encrypt data", async () => {
    const { find } = await made({ usesKmsKeys: true });

    expect(find("network-kms").inputs["serviceName"]).to.equal(`com.amazonaws.${region}.kms`);
  });

  it("names endpoint services as China does", async () => {
    const china = { partition: "aws-cn", region: "cn-north-1", accountId: place.accountId };
    const { resources } = await made({ place: china, usesKmsKeys: true });

    const names = resources.map(({ inputs }) => inputs["serviceName"]).filter(Boolean);
    expect(names).to.include.members([
      "com.amazonaws.cn-north-1.s3",
      "com.amazonaws.cn-north-1.logs",
      "com.amazonaws.cn-north-1.kms",
      "cn.com.amazonaws.cn-north-1.sts",
      "cn.com.amazonaws.cn-north-1.sagemaker.api",
    ]);
  });

  it("lets nothing in but instances of one job, and nothing out but to AWS", async () => {
    const { resources } = await made();

    const peers = { referencedSecurityGroupId: "network-workload-id", ipProtocol: "-1" };
    const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    const rules = (type: string) =>
      resources
        .filter((resource) => resource.type === type)
        .map(({ inputs: { description: _, ...rule } }) => rule);
    expect(rules(ingressRule)).to.deep.equal([
      { securityGroupId: "network-workload-id", ...peers },
      {
        securityGroupId: "network-endpoints-id",
        referencedSecurityGroupId: "network-workload-id",
        ...https,
      },
    ]);
    expect(rules(egressRule)).to.deep.equal([
      { securityGroupId: "network-workload-id", ...peers },
      {
        securityGroupId: "network-workload-id",
        referencedSecurityGroupId: "network-endpoints-id",
        ...https,
      },
      { securityGroupId: "network-workload-id", prefixListId: "pl-0a", ...https },
    ]);
  });
});

describe("a pipeline in a private network", () => {
  const subnetIds = ["subnet-0a", "subnet-0b"];
  const securityGroupIds = ["sg-0a"];
  const vpcConfig = { Subnets: subnetIds, SecurityGroupIds: securityGroupIds };
  const arn = (resource: string) => `arn:aws:ec2:${region}:123456789012:${resource}`;

  it("has training jobs and models in it", async () => {
    const { find } = await record(() => {
      const network = { subnetIds, securityGroupIds };
      new BuiltinAlgorithmPipeline("churn", {
        stack: "dev",
        config: churn(),
        place,
        image,
        network,
      });
    });

    const { States } = JSON.parse(find("churn-retraining").inputs["definition"]);
    expect(States["Train Model"].Arguments.VpcConfig).to.deep.equal(vpcConfig);
    expect(States["Create Model"].Arguments.VpcConfig).to.deep.equal(vpcConfig);
    expect(States["Create Endpoint Config"].Arguments).to.not.have.property("VpcConfig");
  });

  it("has none of that without one", () => {
    expect(JSON.stringify(trainingStatements(churnContext()))).to.not.contain("ec2:");
    expect(JSON.stringify(servingStatements(churnContext()))).to.not.contain("ec2:");
  });

  it("may put network interfaces into its subnets, and into no others", () => {
    const context = { ...churnContext(), network: { subnetIds, securityGroupIds } };
    for (const statements of [trainingStatements(context), servingStatements(context)]) {
      const ec2 = statements.filter(({ Action }) => Action.some((one) => one.startsWith("ec2:")));
      expect(ec2).to.deep.equal([
        {
          Effect: "Allow",
          Action: ["ec2:CreateNetworkInterface"],
          Resource: [
            arn("subnet/subnet-0a"),
            arn("subnet/subnet-0b"),
            arn("security-group/sg-0a"),
            arn("network-interface/*"),
          ],
        },
        {
          Effect: "Allow",
          Action: ["ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface"],
          Resource: [arn("network-interface/*")],
          Condition: {
            ArnEquals: { "ec2:Subnet": [arn("subnet/subnet-0a"), arn("subnet/subnet-0b")] },
          },
        },
        {
          Effect: "Allow",
          Action: [
            "ec2:DeleteNetworkInterfacePermission",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeVpcs",
            "ec2:DescribeDhcpOptions",
            "ec2:DescribeSubnets",
            "ec2:DescribeSecurityGroups",
          ],
          Resource: ["*"],
        },
      ]);
    }
  });

  it("shares the one that the stack makes, which is there before its runs", async () => {
    const create = { cidrBlock: "10.0.0.0/16", availabilityZones: 2, natGateways: "none" as const };
    const endpoint = (name: string) => ({ ...churn().endpoint, name });
    const pipelines = [churn(), churn({ name: "prices", endpoint: endpoint("prices") })];
    const { resources, find } = await record(() =>
      retrainingStack({
        stack: "dev",
        region,
        pipelines,
        comparisons: [],
        network: { create },
        warnings: [],
      }),
    );

    expect(resources.filter(({ type }) => type === "awsx:ec2:Vpc")).to.have.length(1);
    for (const name of ["churn", "prices"]) {
      const { inputs, dependencies } = find(`${name}-retraining`);
      expect(
        JSON.parse(inputs["definition"]).States["Train Model"].Arguments.VpcConfig,
      ).to.deep.equal({
        Subnets: subnetIds,
        SecurityGroupIds: ["network-workload-id"],
      });
      expect(dependencies).to.include.members(["network-logs", "network-to-s3"]);
      const { policy } = find(`${name}-training-policy`).inputs;
      expect(policy).to.contain(arn("subnet/subnet-0a"));
    }
  });

  it("is not made for pipelines that are all off", async () => {
    const create = { cidrBlock: "10.0.0.0/16", availabilityZones: 2, natGateways: "none" as const };
    const pipelines = [churn({ enabled: false })];
    const { resources } = await record(() =>
      retrainingStack({
        stack: "dev",
        region,
        pipelines,
        comparisons: [],
        network: { create },
        warnings: [],
      }),
    );

    expect(resources).to.be.empty;
  });
});
