import { expect } from "chai";
import {
  type Measured,
  sameDecimals,
  withInterval,
} from "../../../handlers/report-page/same-decimals.ts";

const of = (value: number, low: number, high: number): Measured => ({
  value,
  interval: { low, high },
});

describe("numbers of one kind", () => {
  for (const [what, numbers, expected] of [
    [
      "as the narrowest interval needs",
      [of(2.33, 2.193, 2.463), of(3.1, 2, 4)],
      ["2.33 (2.19 to 2.46)", "3.10 (2.00 to 4.00)"],
    ],
    [
      "that are small, never minus nought",
      [of(-0.002705, -0.01385, -0.00001724)],
      ["-0.003 (-0.014 to 0.000)"],
    ],
    ["that are large", [of(23_412.3, 22_800, 24_000)], ["23412 (22800 to 24000)"]],
    ["without intervals", [{ value: 0.91234 }, { value: 12.5 }], ["0.91", "12.50"]],
    [
      "one of which is all but perfect",
      [of(2.5, 2, 3), of(0.000001, 0.0000009, 0.0000011)],
      ["2.50000 (2.00000 to 3.00000)", "0.00000 (0.00000 to 0.00000)"],
    ],
    ["that are tiny", [{ value: 0.00000000123456 }], ["1.235e-9"]],
    ["that are nought", [{ value: 0 }], ["0"]],
    ["with a width of nought", [of(1, 1, 1)], ["1.000"]],
    [
      "of which JSON lost some",
      [
        { value: null, interval: { low: null, high: null } },
        { value: 2, interval: null },
      ],
      ["–", "2.000"],
    ],
  ] as [string, Measured[], string[]][]) {
    it(`are written alike: ${what}`, () => {
      const write = sameDecimals(numbers);

      expect(numbers.map((each) => withInterval(each, write))).to.deep.equal(expected);
    });
  }
});
