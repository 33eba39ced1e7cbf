import { expect } from "chai";
import { parseFault } from "../../../local/faults/fault.ts";
import { FaultPlan } from "../../../local/faults/fault-plan.ts";

describe("FaultPlan", () => {
  it("strikes as many calls as asked for, from the one asked for", () => {
    const plan = new FaultPlan([parseFault("glue-fails:2@3")]);

    const struck = Array.from({ length: 6 }, () => plan.strikes("glue-fails"));

    expect(struck).to.deep.equal([false, false, true, true, false, false]);
  });

  it("counts each fault's own calls", () => {
    const plan = new FaultPlan([parseFault("glue-fails@2"), parseFault("glue-throttled")]);

    expect(plan.strikes("glue-fails")).to.equal(false);
    expect(plan.strikes("glue-throttled")).to.equal(true);
    expect(plan.strikes("glue-throttled")).to.equal(false);
    expect(plan.strikes("glue-fails")).to.equal(true);
  });

  it("adds up faults of one name", () => {
    const plan = new FaultPlan([parseFault("glue-fails"), parseFault("glue-fails@3")]);

    const struck = Array.from({ length: 4 }, () => plan.strikes("glue-fails"));

    expect(struck).to.deep.equal([true, false, true, false]);
  });

  it("tells of each strike, and strikes never without a fault", () => {
    const told: string[] = [];
    const plan = new FaultPlan([parseFault("glue-fails")], ({ name }) => told.push(name));

    plan.strikes("glue-throttled");
    plan.strikes("glue-fails");
    plan.strikes("glue-fails");

    expect(told).to.deep.equal(["glue-fails"]);
  });

  it("begins to count anew with other faults", () => {
    const plan = new FaultPlan([parseFault("glue-fails")]);
    plan.strikes("glue-fails");

    const struck = plan.replace([parseFault("glue-fails"), parseFault("glue-throttled@2")]);
    plan.strikes("glue-throttled");

    expect(struck).to.deep.equal(["glue-fails"]);
    expect(plan.strikes("glue-fails")).to.equal(true);
    expect(plan.replace([])).to.deep.equal(["glue-fails"]);
  });
});
