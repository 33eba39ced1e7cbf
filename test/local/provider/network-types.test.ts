import { expect } from "chai";
import type { Clients } from "../../../local/provider/clients.ts";
import { Provider } from "../../../local/provider/provider.ts";
import { networkTypes } from "../../../local/provider/resources/network/index.ts";

const endpoint = {
  endpointUrl: "http://127.0.0.1:9",
  region: "us-east-2",
  accountId: "000000000000",
  credentials: { accessKeyId: "nobody", secretAccessKey: "secret" },
};
// Without clients: none of these types may ask the cloud for anything.
const provider = new Provider(endpoint, {} as Clients);

const vpcId = "vpc-0123456789abcdef0";
const securityGroupId = "sg-0123456789abcdef0";
const serviceName = "com.amazonaws.us-east-2.logs";

/** By type: inputs that are right, and one that is wrong. */
const cases: Record<string, [inputs: object, id: RegExp, wrong: object]> = {
  "aws:ec2/vpc:Vpc": [{ cidrBlock: "10.0.0.0/16" }, /^vpc-[0-9a-f]{17}$/, { cidrBlock: "10.0" }],
  "aws:ec2/subnet:Subnet": [
    { vpcId, cidrBlock: "10.0.0.0/20", availabilityZone: "us-east-2a" },
    /^subnet-[0-9a-f]{17}$/,
    { mapPublicIpOnLaunch: true },
  ],
  "aws:ec2/securityGroup:SecurityGroup": [
    { vpcId, description: "Jobs" },
    /^sg-[0-9a-f]{17}$/,
    { ingress: [] },
  ],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
    { securityGroupId, ipProtocol: "-1", referencedSecurityGroupId: securityGroupId },
    /^sgr-[0-9a-f]{17}$/,
    { referencedSecurityGroupId: "everybody" },
  ],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [
    { securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443, prefixListId: "pl-01234567" },
    /^sgr-[0-9a-f]{17}$/,
    { toPort: 99999 },
  ],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    { vpcId, serviceName, vpcEndpointType: "Interface", privateDnsEnabled: true },
    /^vpce-[0-9a-f]{17}$/,
    { vpcEndpointType: "GatewayLoadBalancer" },
  ],
};

describe("parts of a network, which a laptop does not have", () => {
  it("are all tried here", () => {
    expect(Object.keys(cases)).to.have.members(networkTypes.map(({ type }) => type));
  });

  for (const [type, [inputs, id, wrong]] of Object.entries(cases)) {
    const subject = { type, name: "part" };

    it(`are kept as they were declared: ${type}`, async () => {
      const made = await provider.create(subject, inputs as never);
      const tagged = { ...inputs, tags: { team: "a" } };
      const updated = await provider.update(subject, made.id, made.outputs, tagged);

      expect(made.id).to.match(id);
      expect(made.outputs).to.include(inputs);
      expect(updated.outputs["tags"]).to.deep.equal({ team: "a" });
      await provider.delete(subject, made.id, made.outputs);
    });

    it(`are checked: ${type}`, () => {
      expect(provider.check(subject, inputs as never).problems).to.deep.equal([]);
      const { problems } = provider.check(subject, { ...inputs, ...wrong } as never);
      expect(problems.map(({ path }) => path)).to.deep.equal(Object.keys(wrong));
    });
  }
});
