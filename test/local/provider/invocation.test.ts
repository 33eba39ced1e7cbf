import { expect } from "chai";
import { Provider, type Resource } from "../../../local/provider/provider.ts";
import { code, roleArn, roles } from "./case-parents.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

const type = "aws:lambda/invocation:Invocation";
const subject = { type, name: "call" };
const echo = { type: "aws:lambda/function:Function", name: "echo" };

/** Gives back what it was called with; fails when told so. */
const source = `export const handler = async (event) => {
  if (event.fail) throw new Error("told to fail");
  return event;
};`;

describe("aws.lambda.Invocation in the local provider", () => {
  let cloud: TestCloud;
  let provider: Provider;
  let made: Resource;

  before(async () => {
    cloud = await startTestCloud();
    provider = new Provider(cloud.endpoint);
    for (const role of roles) await provider.create(role, role.inputs);
    made = await provider.create(echo, {
      name: "echo",
      role: roleArn,
      handler: "index.handler",
      runtime: "nodejs22.x",
      code: code(source),
    });
  });

  after(async () => {
    provider.close();
    await cloud.stop();
  });

  it("calls the function with its input alone, once, unless told otherwise", async () => {
    const inputs = { functionName: "echo", input: '{"a":1}' };

    const created = await provider.create(subject, inputs);

    expect(JSON.parse(String(created.outputs["result"]))).to.deep.equal({ a: 1 });
    expect(provider.diff(subject, inputs, { ...inputs, input: '{"a":2}' }).kind).to.equal(
      "replace",
    );
    await provider.delete(subject, created.id, { ...created.outputs, input: '{"fail":true}' });
  });

  it("tells the function of creation, change and deletion with the scope CRUD", async () => {
    const inputs = { functionName: "echo", input: '{"a":1}', lifecycleScope: "CRUD" };
    const changed = { ...inputs, input: '{"a":2}' };

    const created = await provider.create(subject, inputs);
    const difference = provider.diff(subject, inputs, changed);
    const updated = await provider.update(subject, created.id, created.outputs, changed);

    expect(JSON.parse(String(created.outputs["result"]))).to.deep.equal({
      a: 1,
      tf: { action: "create", prev_input: null },
    });
    expect(difference.kind).to.equal("update");
    expect(JSON.parse(String(updated.outputs["result"]))).to.deep.equal({
      a: 2,
      tf: { action: "update", prev_input: { a: 1 } },
    });
  });

  it("fails to delete when the function does, and says what it said", async () => {
    const state = { functionName: "echo", input: '{"fail":true}', lifecycleScope: "CRUD" };

    const error = await provider.delete(subject, "id", state).catch((reason: Error) => reason);

    expect(String(error)).to.include("function echo failed").and.to.include("told to fail");
  });

  it("refuses an input that no action can be put into", () => {
    const inputs = { functionName: "echo", input: "[1]", lifecycleScope: "CRUD" };

    expect(provider.check(subject, inputs).problems).to.have.length(1);
    expect(provider.check(subject, { ...inputs, lifecycleScope: "CREATE_ONLY" }).problems).to.be
      .empty;
  });

  it("is gone when its function is", async () => {
    await provider.delete(echo, made.id, made.outputs);

    const state = { functionName: "echo", input: "{}", lifecycleScope: "CRUD" };
    await provider.delete(subject, "id", state);
  });
});
