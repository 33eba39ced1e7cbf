import { expect } from "chai";
import { memberIn, resolveName, UsageError } from "../../scripts/command-line.ts";
import { memberOf, type StackOutputs } from "../../scripts/stack-outputs.ts";

const outputs = { bucket: "b", uploadCommand: "u", stateMachineArn: "arn", endpointName: "e" };
const all: StackOutputs = { pipelines: { churn: outputs }, comparisons: { abalone: outputs } };

describe("memberOf", () => {
  it("finds pipelines and comparisons by name", () => {
    expect(memberOf(all, "dev", { kind: "pipeline", name: "churn" })).to.equal(outputs);
    expect(memberOf(all, "dev", { kind: "comparison", name: "abalone" })).to.equal(outputs);
  });

  it("says which there are, and where a name is that was taken for the other kind", () => {
    expect(() => memberOf(all, "dev", { kind: "pipeline", name: "chrn" })).to.throw(
      "stack dev has no pipeline chrn: it has churn",
    );
    expect(() => memberOf(all, "dev", { kind: "pipeline", name: "abalone" })).to.throw(
      "stack dev has no pipeline abalone: it is a comparison, write --comparison abalone",
    );
  });
});

describe("memberIn", () => {
  it("takes one of --pipeline and --comparison", () => {
    expect(memberIn({ comparison: "abalone" })).to.deep.equal({
      kind: "comparison",
      name: "abalone",
    });
    expect(memberIn({})).to.equal(undefined);
    expect(() => memberIn({ pipeline: "churn", comparison: "abalone" })).to.throw(UsageError);
  });
});

describe("resolveName", () => {
  it("takes the name that is given, and says what is missing", async () => {
    expect(await resolveName({ bucket: "mine" }, "bucket", "bucket")).to.equal("mine");
    const missing = await resolveName({ stack: "dev" }, "bucket", "bucket").catch(
      (error) => error.message,
    );
    expect(missing).to.equal(
      "--bucket is missing: give it, or --stack and --pipeline or --comparison",
    );
  });
});
