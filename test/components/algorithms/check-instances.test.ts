import { expect } from "chai";
import type { Algorithm } from "../../../components/algorithms/algorithm.ts";
import { checkInstances } from "../../../components/algorithms/check-instances.ts";
import { algorithms } from "../../../components/algorithms/index.ts";
import type { InstanceChoice } from "../../../components/algorithms/instance-advice.ts";
import { instanceProcessor } from "../../../components/algorithms/instance-processor.ts";
import { tinyAlgorithm } from "./tiny-algorithm.ts";

const onCpus = tinyAlgorithm();
const onGpus = tinyAlgorithm({
  instances: { training: "gpu", serving: "either", distributed: true, notes: "" },
});
const anywhere = tinyAlgorithm({
  instances: {
    training: "either",
    serving: "either",
    distributed: true,
    discouraged: { training: { gpu: "no faster there: take ml.c5.xlarge" } },
    notes: "",
  },
});

function check(algorithm: Algorithm, choice: Partial<InstanceChoice>, version = "1") {
  const chosen = {
    use: "training",
    instanceType: "ml.m5.xlarge",
    instanceCount: 1,
    ...choice,
  } as const;
  return checkInstances({ algorithm, version, hyperparameters: {} }, chosen);
}

describe("checkInstances", () => {
  for (const [what, algorithm, choice] of [
    ["a CPU for CPUs", onCpus, {}],
    ["a GPU for GPUs", onGpus, { instanceType: "ml.p3.2xlarge", instanceCount: 2 }],
    ["a CPU for either", anywhere, {}],
    [
      "several endpoint instances where training takes one",
      onCpus,
      { use: "endpoint", instanceCount: 5 },
    ],
    ["a CPU endpoint of what trains on GPUs", onGpus, { use: "endpoint" }],
    [
      "a discouraged kind for the other use",
      anywhere,
      { use: "endpoint", instanceType: "ml.g5.xlarge" },
    ],
  ] as const) {
    it(`says nothing of ${what}`, () => {
      expect(check(algorithm, choice)).to.deep.equal({ problems: [], warnings: [] });
    });
  }

  for (const [algorithm, choice, about, rule, remedy] of [
    [
      onGpus,
      {},
      "instanceType",
      "Tiny trains on GPUs only, and ml.m5.xlarge has none",
      "write one such as ml.g4dn.xlarge",
    ],
    [
      onCpus,
      { instanceType: "ml.p3.2xlarge" },
      "instanceType",
      "Tiny trains on CPUs only, and ml.p3.2xlarge has a GPU",
      "write one such as ml.m5.xlarge",
    ],
    [
      onCpus,
      { use: "endpoint", instanceType: "ml.g5.xlarge" },
      "instanceType",
      "Tiny serves on CPUs only, and ml.g5.xlarge has a GPU",
      "write one such as ml.m5.large",
    ],
    [onCpus, { instanceCount: 2 }, "instanceCount", "Tiny trains on one instance", "write 1"],
    [
      onCpus,
      { use: "endpoint", instanceType: "ml.c7g.large" },
      "instanceType",
      "ml.c7g has Arm processors; the image of Tiny is built for x86",
      "take another family, such as ml.m5.large",
    ],
    [
      anywhere,
      { use: "endpoint", instanceType: "ml.inf2.xlarge" },
      "instanceType",
      "ml.inf2 has accelerators of AWS; the image of Tiny is built for x86 and NVIDIA GPUs",
      "take another family, such as ml.m5.large",
    ],
  ] as const) {
    it(`refuses ${JSON.stringify(choice)} of what trains on ${algorithm.instances.training}`, () => {
      expect(check(algorithm, choice)).to.deep.equal({
        problems: [{ about, rule, remedy }],
        warnings: [],
      });
    });
  }

  it("finds fault with type and count at once", () => {
    const { problems } = check(onCpus, { instanceType: "ml.p3.2xlarge", instanceCount: 2 });

    expect(problems.map(({ about }) => about)).to.deep.equal(["instanceType", "instanceCount"]);
  });

  it("warns of what is discouraged, with the reason", () => {
    expect(check(anywhere, { instanceType: "ml.g5.xlarge" })).to.deep.equal({
      problems: [],
      warnings: ["ml.g5.xlarge: no faster there: take ml.c5.xlarge"],
    });
  });

  it("warns of GPUs that AWS does not document", () => {
    expect(check(onGpus, { instanceType: "ml.p5.48xlarge" }).warnings).to.deep.equal([
      "ml.p5.48xlarge: AWS documents Tiny on GPUs of p2, p3, g4dn, g5, not of p5",
    ]);
  });

  for (const [version, instanceType, rule] of [
    ["1.0-1", "ml.p3.2xlarge", "XGBoost runs on GPUs of ml.p3 from version 1.2-1 on, not in 1.0-1"],
    ["1.2-1", "ml.p3.2xlarge", undefined],
    ["1.2-1", "ml.g5.xlarge", "XGBoost runs on GPUs of ml.g5 from version 1.2-2 on, not in 1.2-1"],
    ["1.5-1", "ml.p2.xlarge", undefined],
    ["1.7-1", "ml.p2.xlarge", "XGBoost 1.7-1 does not run on ml.p2"],
    ["3.0-5", "ml.g5.xlarge", undefined],
  ] as const) {
    it(`${rule === undefined ? "lets" : "does not let"} XGBoost ${version} train on ${instanceType}`, () => {
      const { problems } = check(algorithms.xgboost, { instanceType }, version);

      expect(problems.map((problem) => problem.rule)).to.deep.equal(
        rule === undefined ? [] : [rule],
      );
    });
  }
});

describe("instanceProcessor", () => {
  for (const [instanceType, kind, gpus] of [
    ["ml.m5.xlarge", "cpu", 0],
    ["ml.m5d.24xlarge", "cpu", 0],
    ["ml.c7i-flex.large", "cpu", 0],
    ["ml.t2.medium", "cpu", 0],
    ["ml.p3.2xlarge", "gpu", 1],
    ["ml.p3.16xlarge", "gpu", 8],
    ["ml.g4dn.16xlarge", "gpu", 1],
    ["ml.g5.12xlarge", "gpu", 4],
    ["ml.p4d.24xlarge", "gpu", 8],
    ["ml.g6e.48xlarge", "gpu", 8],
    ["ml.m6g.large", "arm", 0],
    ["ml.c6gn.large", "arm", 0],
    ["ml.r8gd.large", "arm", 0],
    ["ml.inf1.xlarge", "accelerator", 0],
    ["ml.trn1.2xlarge", "accelerator", 0],
  ] as const) {
    it(`is ${kind} for ${instanceType}${gpus > 0 ? `, ${gpus} of them` : ""}`, () => {
      expect(instanceProcessor(instanceType)).to.include({ kind, gpus });
    });
  }
});
