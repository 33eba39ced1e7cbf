import { expect } from "chai";
import fc from "fast-check";
import { wireValue } from "../../../components/algorithms/wire-value.ts";

describe("wireValue", () => {
  for (const [value, text] of [
    ["binary:logistic", "binary:logistic"],
    [100, "100"],
    [-0.5, "-0.5"],
    [0.1, "0.1"],
    [1e-7, "0.0000001"],
    [-1.25e-9, "-0.00000000125"],
    [1e21, "1000000000000000000000"],
    [1.5e21, "1500000000000000000000"],
    [true, "true"],
    [false, "false"],
    [["auc", "error"], "auc,error"],
    [[1, true], "1,true"],
    ["", ""],
  ] as const) {
    it(`writes ${JSON.stringify(value)} as ${JSON.stringify(text)}`, () => {
      expect(wireValue(value)).to.equal(text);
    });
  }

  for (const value of [undefined, null, Number.NaN, Number.POSITIVE_INFINITY, {}, [[1]], [null]]) {
    it(`has no text for ${Array.isArray(value) ? JSON.stringify(value) : String(value)}`, () => {
      expect(wireValue(value)).to.equal(undefined);
    });
  }

  it("writes any number in full, and so that it reads back the same", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = wireValue(value);

        expect(text).to.match(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).to.equal(value === 0 ? 0 : value);
      }),
    );
  });
});
