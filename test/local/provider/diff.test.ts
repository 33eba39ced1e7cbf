import { runtime } from "@pulumi/pulumi";
import { expect } from "chai";
import { Provider } from "../../../local/provider/provider.ts";
import { resourceTypes } from "../../../local/provider/resources/index.ts";
import { resourceCases } from "./resource-cases.ts";

const provider = new Provider({
  endpointUrl: "http://127.0.0.1:9",
  region: "us-east-2",
  accountId: "000000000000",
  credentials: { accessKeyId: "nobody", secretAccessKey: "secret" },
});
const cases = resourceCases("http://queues/000000000000/parent-queue");
const rolePolicy = { type: "aws:iam/rolePolicy:RolePolicy", name: "p" };

describe("diff of the local provider", () => {
  for (const subject of cases) {
    const { type, inputs, updated, replacing } = subject;

    it(`sees no change of ${type} in the same inputs`, () => {
      expect(provider.diff(subject, inputs, { ...inputs })).to.deep.equal({
        kind: "same",
        changed: [],
        replaces: [],
        deleteBeforeReplace: false,
      });
    });

    if (updated !== undefined) {
      it(`updates ${type} in place`, () => {
        const { kind, changed, replaces } = provider.diff(subject, inputs, updated);
        const different = Object.keys({ ...inputs, ...updated }).filter(
          (key) => !resourceTypes.get(type)?.identity.includes(key) && inputs[key] !== updated[key],
        );
        expect({ kind, replaces }).to.deep.equal({ kind: "update", replaces: [] });
        expect(different).to.include.members(changed);
      });
    }

    for (const [input, value, deleteFirst] of replacing) {
      it(`replaces ${type} when ${input} changes${deleteFirst ? ", the old one going first" : ""}`, () => {
        const difference = provider.diff(subject, inputs, { ...inputs, [input]: value });
        expect(difference).to.deep.equal({
          kind: "replace",
          changed: [input],
          replaces: [input],
          deleteBeforeReplace: deleteFirst,
        });
      });
    }
  }

  const statement = { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "*" };
  for (const [what, policy, kind] of [
    [
      "laid out otherwise",
      JSON.stringify({ Statement: [statement], Version: "1" }, undefined, 2),
      "same",
    ],
    [
      "with actions in another order",
      JSON.stringify({
        Version: "1",
        Statement: [{ ...statement, Action: ["s3:PutObject", "s3:GetObject"] }],
      }),
      "same",
    ],
    [
      "with a lone resource in a list",
      JSON.stringify({ Version: "1", Statement: [{ ...statement, Resource: ["*"] }] }),
      "same",
    ],
    [
      "with its one statement not in a list",
      JSON.stringify({ Version: "1", Statement: statement }),
      "same",
    ],
    [
      "with an action less",
      JSON.stringify({ Version: "1", Statement: [{ ...statement, Action: ["s3:GetObject"] }] }),
      "update",
    ],
    [
      "with another effect",
      JSON.stringify({ Version: "1", Statement: [{ ...statement, Effect: "Deny" }] }),
      "update",
    ],
  ] as const) {
    it(`takes a policy ${what} for ${kind === "same" ? "the same" : "another"}`, () => {
      const old = {
        role: "r",
        name: "n",
        policy: JSON.stringify({ Version: "1", Statement: [statement] }),
      };
      expect(provider.diff(rolePolicy, old, { ...old, policy }).kind).to.equal(kind);
    });
  }

  it("takes the order of a state machine's states for nothing, and that of a list for something", () => {
    const machine = { type: "aws:sfn/stateMachine:StateMachine", name: "m" };
    const inputs = (definition: string) => ({ name: "m", roleArn: "r", definition });
    const old = inputs('{"a":1,"b":[1,2]}');

    expect(provider.diff(machine, old, inputs('{"b":[1,2],"a":1}')).kind).to.equal("same");
    expect(provider.diff(machine, old, inputs('{"a":1,"b":[2,1]}')).kind).to.equal("update");
  });

  it("takes what a preview does not know yet for a change", () => {
    const old = { role: "r", name: "n", policy: "{}" };
    const unknown = runtime.unknownValue;

    expect(provider.diff(rolePolicy, old, { ...old, policy: unknown }).kind).to.equal("update");
    expect(provider.diff(rolePolicy, old, { ...old, role: unknown }).kind).to.equal("replace");
  });

  it("takes an input that is gone for a change, and null for one that is not there", () => {
    const bucket = { type: "aws:s3/bucket:Bucket", name: "b" };
    const old = { bucket: "data", tags: { a: "1" } };

    expect(provider.diff(bucket, old, { bucket: "data" }).changed).to.deep.equal(["tags"]);
    expect(provider.diff(bucket, { bucket: "data" }, { bucket: "data", tags: null }).kind).to.equal(
      "same",
    );
  });
});
