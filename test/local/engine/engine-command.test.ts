import { expect } from "chai";
import { readCommand } from "../../../local/engine/engine-command.ts";

describe("readCommand", () => {
  const needs: [line: string, stack: boolean, cloud: boolean][] = [
    ["up --yes", true, true],
    ["preview", true, true],
    ["refresh -s dev", true, true],
    ["destroy", true, true],
    ["config set --path a.b c", true, false],
    ["stack", true, false],
    ["stack output --json", true, false],
    ["stack init dev", false, false],
    ["stack ls", false, false],
    ["stack rm dev --yes", false, false],
    ["version", false, false],
    ["up --help", false, false],
    ["", false, false],
  ];
  for (const [line, needsStack, needsCloud] of needs) {
    it(`knows what "${line}" needs`, () => {
      expect(readCommand(line.split(" "), "/")).to.include({ needsStack, needsCloud });
    });
  }

  const runs: [line: string, program: boolean][] = [
    ["up --yes", true],
    ["preview -s dev", true],
    ["up --help", false],
    ["destroy", false],
    ["refresh", false],
    ["stack output", false],
  ];
  for (const [line, runsProgram] of runs) {
    it(`knows whether "${line}" evaluates the program`, () => {
      expect(readCommand(line.split(" "), "/").runsProgram).to.equal(runsProgram);
    });
  }

  const stacks: [string, string | undefined][] = [
    ["up", undefined],
    ["up -s dev", "dev"],
    ["up --stack dev", "dev"],
    ["--stack=dev up", "dev"],
  ];
  for (const [line, stack] of stacks) {
    it(`finds the stack in "${line}"`, () => {
      expect(readCommand(line.split(" "), "/").stack).to.equal(stack);
    });
  }

  it("makes paths absolute, and leaves everything else as it is", () => {
    const given = ["preview", "--policy-pack", "policy", "--save-plan=plan.json", "--message", "a"];

    const { args } = readCommand(given, "/home/user");

    expect(args).to.deep.equal([
      "preview",
      "--policy-pack",
      "/home/user/policy",
      "--save-plan=/home/user/plan.json",
      "--message",
      "a",
    ]);
  });
});
