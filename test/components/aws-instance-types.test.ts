import { expect } from "chai";
import { checkInstanceType, hasLocalStorage } from "../../components/aws-instance-types.ts";

describe("checkInstanceType", () => {
  for (const [type, purpose] of [
    ["ml.m5.xlarge", "training"],
    ["ml.c5.18xlarge", "training"],
    ["ml.p4de.24xlarge", "training"],
    ["ml.m7i-flex.large", "training"],
    ["ml.p6-b200.48xlarge", "training"],
    ["ml.t2.medium", "endpoint"],
    ["ml.m5.large", "endpoint"],
    ["ml.inf2.48xlarge", "endpoint"],
    ["ml.z9x.xlarge", "training"],
    ["ml.m5.large", "transform"],
    ["ml.g4dn.xlarge", "transform"],
  ] as const) {
    it(`takes ${type} for ${purpose}`, () => {
      expect(checkInstanceType(type, purpose)).to.equal(undefined);
    });
  }

  for (const [value, purpose, rule, remedy] of [
    [
      "c5.xlarge",
      "training",
      "a SageMaker instance type, ml.<family>.<size>, such as ml.m5.xlarge",
      "write ml.c5.xlarge",
    ],
    [
      "ml.c5.huge",
      "endpoint",
      "a SageMaker instance type, ml.<family>.<size>, such as ml.m5.large",
      "write one such as ml.m5.large",
    ],
    [
      "ML.M5.XLARGE",
      "training",
      "a SageMaker instance type, ml.<family>.<size>, such as ml.m5.xlarge",
      "write one such as ml.m5.xlarge",
    ],
    [
      5,
      "training",
      "a SageMaker instance type, ml.<family>.<size>, such as ml.m5.xlarge",
      "write one such as ml.m5.xlarge",
    ],
    [
      "ml.t2.medium",
      "training",
      "SageMaker has no training on ml.t2",
      "take another family, such as ml.m5.xlarge",
    ],
    [
      "ml.t3.medium",
      "endpoint",
      "SageMaker has no endpoints on ml.t3",
      "take another family, such as ml.m5.large",
    ],
    [
      "ml.t2.medium",
      "transform",
      "SageMaker has no batch transform on ml.t2",
      "take another family, such as ml.m5.large",
    ],
    [
      "ml.t3.medium",
      "transform",
      "SageMaker has no batch transform on ml.t3",
      "take another family, such as ml.m5.large",
    ],
    [
      "ml.p6-b200.48xlarge",
      "transform",
      "SageMaker has no batch transform on ml.p6-b200",
      "take another family, such as ml.m5.large",
    ],
  ] as const) {
    it(`refuses ${value} for ${purpose}`, () => {
      expect(checkInstanceType(value, purpose)).to.deep.equal({ rule, remedy });
    });
  }
});

describe("hasLocalStorage", () => {
  for (const [type, expected] of [
    ["ml.m5.xlarge", false],
    ["ml.c5n.9xlarge", false],
    ["ml.m5d.large", true],
    ["ml.c6gd.large", true],
    ["ml.g4dn.xlarge", true],
    ["ml.g5.2xlarge", true],
    ["ml.p3.2xlarge", false],
    ["ml.p3dn.24xlarge", true],
    ["ml.p4d.24xlarge", true],
  ] as const) {
    it(`is ${expected} for ${type}`, () => {
      expect(hasLocalStorage(type)).to.equal(expected);
    });
  }
});
