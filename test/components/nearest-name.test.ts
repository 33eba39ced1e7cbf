import { expect } from "chai";
import { nearestName } from "../../components/nearest-name.ts";

const known = ["max_depth", "max_bin", "eta", "timeoutMinutes", "etl", "logs"];

describe("nearestName", () => {
  for (const [name, nearest] of [
    ["max_dept", "max_depth"],
    ["max-depth", "max_depth"],
    ["MaxDepth", "max_depth"],
    ["etta", "eta"],
    ["timeoutMin", "timeoutMinutes"],
    ["ETL", "etl"],
    ["depth", "max_depth"],
    ["Minutes", "timeoutMinutes"],
  ] as const) {
    it(`takes ${name} for ${nearest}`, () => {
      expect(nearestName(name, known)).to.equal(nearest);
    });
  }

  for (const name of ["bogus", "learning_speed", "", "xyz", "max_", "time"]) {
    it(`does not guess at "${name}"`, () => {
      expect(nearestName(name, known)).to.equal(undefined);
    });
  }
});
