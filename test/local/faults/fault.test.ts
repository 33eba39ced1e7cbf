import { expect } from "chai";
import { parseFault } from "../../../local/faults/fault.ts";
import { type FaultName, faultMenu, menuLines } from "../../../local/faults/menu.ts";

describe("parseFault", () => {
  it("strikes once, at the first call, unless told otherwise", () => {
    expect(parseFault("glue-fails")).to.deep.equal({
      name: "glue-fails",
      target: "",
      first: 1,
      times: 1,
    });
  });

  it("reads target, times and first call", () => {
    expect(parseFault("function-throws=start-retraining:3@2")).to.deep.equal({
      name: "function-throws",
      target: "start-retraining",
      first: 2,
      times: 3,
    });
    expect(parseFault("training-stopped@2")).to.include({ first: 2, times: 1 });
    expect(parseFault("s3-slow-down=runs/a=b/:5")).to.include({ target: "runs/a=b/", times: 5 });
  });

  it("gives an optional target its default", () => {
    expect(parseFault("event-late")).to.include({ target: "1" });
    expect(parseFault("events-out-of-order:2")).to.include({ target: "2", times: 2 });
    expect(parseFault("s3-slow-down:2")).to.include({ target: "" });
  });

  it("lists the menu for an unknown name", () => {
    const message = messageOf("glue-explodes");

    expect(message).to.match(/^--fault glue-explodes: there is no such fault/);
    for (const name of Object.keys(faultMenu)) expect(message).to.contain(`\n  ${name}`);
  });

  for (const [text, message] of [
    ["", "write name[=target][:times][@first]"],
    ["glue-fails:", "write name[=target][:times][@first]"],
    ["glue-fails@1:2", "write name[=target][:times][@first]"],
    ["glue-fails:0", "both :times and @first count from 1"],
    ["glue-fails@0", "both :times and @first count from 1"],
    ["glue-fails=churn", "glue-fails takes no target"],
    ["function-throws", "name a target, as in function-throws=start-retraining"],
    ["function-throws=", "name a target, as in function-throws=start-retraining"],
    ["event-late=soon", "soon is no number of events from 1 to 9999"],
    ["event-late=0", "0 is no number of events from 1 to 9999"],
    ["constructor", "there is no such fault"],
  ] as const) {
    it(`refuses "${text}": ${message}`, () => {
      expect(messageOf(text)).to.contain(`--fault ${text}: ${message}`);
    });
  }
});

describe("menuLines", () => {
  it("has a line for each fault, with its target", () => {
    const lines = menuLines();

    expect(lines).to.have.length(Object.keys(faultMenu).length);
    expect(lines.some((line) => /^function-throws=FUNCTION {2,}\w/.test(line))).to.equal(true);
    expect(lines.some((line) => /^s3-slow-down\[=PREFIX\] {2,}\w/.test(line))).to.equal(true);
  });

  it("names only faults that can be written so", () => {
    for (const [name, entry] of Object.entries(faultMenu)) {
      const needsTarget = "target" in entry && entry.target.otherwise === "required";
      expect(parseFault(needsTarget ? `${name}=x` : name).name).to.equal(name as FaultName);
    }
  });
});

function messageOf(text: string): string {
  try {
    parseFault(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`${text} was taken`);
}
