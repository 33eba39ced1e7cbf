import { expect } from "chai";
import { minimalPipeline, parse, problemsOf } from "./pipeline-config.ts";

const read = (network: unknown) => parse({ churn: minimalPipeline() }, { network }).network;

const subnetIds = ["subnet-0123456789abcdef0", "subnet-01234567"];
const securityGroupIds = ["sg-0123456789abcdef0"];

describe("a stack's network", () => {
  it("is none, unless config says so", () => {
    expect(read(undefined)).to.equal(undefined);
  });

  it("is made with two zones and no way to the internet by default", () => {
    const made = {
      create: { cidrBlock: "10.0.0.0/16", availabilityZones: 2, natGateways: "none" },
    };

    expect(read({ create: {} })).to.deep.equal(made);
    expect(read({ create: null })).to.deep.equal(made);
  });

  it("is made as config says", () => {
    const create = {
      cidrBlock: "172.20.0.0/20",
      availabilityZones: ["us-east-2a", "us-east-2c"],
      natGateways: "onePerAz",
    };

    expect(read({ create })).to.deep.equal({ create });
  });

  it("is one that is there, by its ids", () => {
    expect(read({ subnetIds, securityGroupIds })).to.deep.equal({ subnetIds, securityGroupIds });
  });

  const refused: readonly [network: unknown, path: string, rule: string][] = [
    ["10.0.0.0/16", "network", "a mapping"],
    [{}, "network", "either create, or subnetIds with securityGroupIds"],
    [{ create: {}, subnetIds, securityGroupIds }, "network", "either create, or"],
    [{ creat: {} }, "network.creat", "unknown key"],
    [{ subnetIds }, "network.securityGroupIds", "required"],
    [{ securityGroupIds }, "network.subnetIds", "required"],
    [{ subnetIds: ["subnet-x"], securityGroupIds }, "network.subnetIds", "a list of 1 to 16"],
    [{ subnetIds: [], securityGroupIds }, "network.subnetIds", "a list of 1 to 16"],
    [{ subnetIds, securityGroupIds: ["subnet-01234567"] }, "network.securityGroupIds", "1 to 5"],
    [{ subnetIds, securityGroupIds: "sg-01234567" }, "network.securityGroupIds", "a list"],
    [
      { subnetIds: ["subnet-01234567", "subnet-01234567"], securityGroupIds },
      "network.subnetIds",
      "different ids",
    ],
    [{ create: { cidr: "10.0.0.0/16" } }, "network.create.cidr", "unknown key"],
    [{ create: { cidrBlock: "10.0.0.0/8" } }, "network.create.cidrBlock", "/16 to /28"],
    [{ create: { cidrBlock: "10.0.0.1/16" } }, "network.create.cidrBlock", "where its size says"],
    [{ create: { cidrBlock: "8.8.0.0/16" } }, "network.create.cidrBlock", "a private range"],
    [{ create: { cidrBlock: "10.0.0.0/28" } }, "network.create.cidrBlock", "room for 2 subnets"],
    [{ create: { availabilityZones: 1 } }, "network.create.availabilityZones", "2 to 6"],
    [
      { create: { availabilityZones: ["eu-west-1a", "eu-west-1b"] } },
      "network.create.availabilityZones",
      "zones of us-east-2",
    ],
    [
      { create: { availabilityZones: ["us-east-2a", "us-east-2a"] } },
      "network.create.availabilityZones",
      "zones of us-east-2",
    ],
    [{ create: { natGateways: "one" } }, "network.create.natGateways", "none, single or onePerAz"],
  ];
  for (const [network, path, rule] of refused) {
    it(`is refused as ${JSON.stringify(network).slice(0, 80)}`, () => {
      const found = problemsOf(() => read(network));

      expect(found.map((problem) => problem.path)).to.deep.equal([path]);
      expect(found[0]?.rule).to.contain(rule);
    });
  }

  it("is in the one report with what is wrong elsewhere", () => {
    const found = problemsOf(() => parse({ Churn: minimalPipeline() }, { network: {} }));

    expect(found.map(({ path }) => path)).to.deep.equal(["network", "pipelines.Churn"]);
  });
});
