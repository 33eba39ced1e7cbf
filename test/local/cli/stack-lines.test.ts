import { expect } from "chai";
import { commandLines, outputLines } from "../../../local/cli/stack-lines.ts";

const outputs = (name: string) => ({
  bucket: `retraining-local-${name}`,
  uploadCommand: "aws s3 cp",
  stateMachineArn: `arn:${name}`,
});
const stack = {
  pipelines: { churn: { ...outputs("churn"), endpointName: "churn" } },
  comparisons: { abalone: outputs("abalone") },
};

describe("lines of npm run local", () => {
  it("list comparisons beside pipelines", () => {
    const lines = outputLines(stack);

    expect(lines).to.include("  churn").and.to.include("  abalone (comparison)");
    expect(lines).to.include("    stateMachineArn  arn:abalone");
  });

  it("have commands for the first of both, and none for an endpoint that there is not", () => {
    const text = commandLines(stack).join("\n");

    expect(text).to.contain("npm run invoke -- --endpoint churn ROWS");
    expect(text).to.contain("npm run upload -- --bucket retraining-local-abalone FILE.libsvm");
    expect(text).to.contain("npm run follow -- --state-machine arn:abalone");
    expect(text.match(/npm run invoke/g)).to.have.length(1);
  });

  it("have no commands for a stack of nothing", () => {
    expect(commandLines({ pipelines: {}, comparisons: {} })).to.deep.equal([]);
  });
});
