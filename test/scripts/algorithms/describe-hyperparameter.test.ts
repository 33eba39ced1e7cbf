import { expect } from "chai";
import type { HyperparameterSpec } from "../../../components/algorithms/hyperparameter-spec.ts";
import {
  describeDefault,
  describeHyperparameter,
  describeValues,
} from "../../../scripts/algorithms/describe-hyperparameter.ts";

describe("describeValues", () => {
  for (const [spec, expected] of [
    [{ type: "integer", min: 1, max: 5 }, "integer 1 to 5"],
    [{ type: "integer", min: 1 }, "integer ≥ 1"],
    [{ type: "float", above: 0 }, "number > 0"],
    [{ type: "float", above: 0, below: 1 }, "0 < number < 1"],
    [{ type: "float", above: 0, max: 1 }, "0 < number ≤ 1"],
    [{ type: "float", min: 0, below: 1 }, "0 ≤ number < 1"],
    [{ type: "float", max: 1 }, "number ≤ 1"],
    [{ type: "float", below: 1 }, "number < 1"],
    [{ type: "float" }, "number"],
    [{ type: "integer", min: 1, literals: ["auto", ""] }, 'integer ≥ 1 or auto, ""'],
    [{ type: "categorical", values: ["a", "b"] }, "a | b"],
    [{ type: "list", values: ["a", "b"], withThreshold: ["b"] }, "list of a, b; b also as b@0.7"],
    [{ type: "json list", items: { type: "categorical", values: ["a", "b"] } }, "list of a, b"],
    [
      { type: "json list", items: { type: "integer", min: 1 }, literals: ["auto"] },
      "list of integer ≥ 1 each or auto",
    ],
    [{ type: "text", pattern: /./, format: "anything" }, "anything"],
  ] as const) {
    it(`is ${expected} for ${spec.type}`, () => {
      expect(describeValues({ ...spec, description: "" } as HyperparameterSpec)).to.equal(expected);
    });
  }
});

describe("describeDefault", () => {
  it("is the default, also an empty one, that it is required, or nothing", () => {
    const specs: Partial<HyperparameterSpec>[] = [
      { default: 0 },
      { default: "" },
      { required: true },
      {},
    ];

    expect(specs.map((spec) => describeDefault(spec as HyperparameterSpec))).to.deep.equal([
      "0",
      '""',
      "required",
      "",
    ]);
  });
});

describe("describeHyperparameter", () => {
  it("adds other names, channel and versions", () => {
    const spec: HyperparameterSpec = {
      type: "integer",
      description: "speed",
      aliases: ["pace"],
      channel: "auxiliary",
      since: "2",
    };

    expect(describeHyperparameter(spec)).to.equal(
      "speed; also pace; needs the channel auxiliary; from 2 on",
    );
    expect(describeHyperparameter({ ...spec, until: "3" })).to.contain("2 to 3");
  });
});
