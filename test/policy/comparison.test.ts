import { expect } from "chai";
import { evaluate, type Resource } from "../../policy/rule.ts";
import { rules } from "../../policy/rules/index.ts";
import { customerKey, recordedStack } from "./recorded-stack.ts";

type Sections = Record<string, Record<string, unknown>>;
type Change = (comparison: Sections) => Record<string, unknown>;

const promoting: Change = ({ promotion }) => ({ promotion: { ...promotion, enabled: true } });

/** XGBoost tuned, Linear Learner trained on two instances, in production too, all under a customer key. */
const everything: Change = (comparison) => {
  const { candidates = {} } = comparison as { candidates?: Sections };
  const linear = candidates["linear-learner"] as Sections;
  return {
    ...promoting(comparison),
    kmsKeyArn: customerKey,
    candidates: {
      xgboost: { ...candidates["xgboost"], tuning: { ranges: { alpha: { min: 0, max: 9 } } } },
      "linear-learner": { ...linear, training: { ...linear["training"], instanceCount: 2 } },
    },
  };
};

/** Every option that changes what policies see. */
const variants: Record<string, Change> = {
  "as the file has it": () => ({}),
  "with promotion": promoting,
  "by batch transform": () => ({ evaluation: { by: "batch" } }),
  "of one upload each": () => ({ accumulate: false }),
  "by batch transform, under a customer key": () => ({
    kmsKeyArn: customerKey,
    evaluation: { by: "batch" },
  }),
  "with all of tuning, two instances, promotion and a customer key": everything,
};

const compared = (change: Change) => recordedStack("prod", undefined, undefined, change);

describe("a comparison under the policy pack", () => {
  for (const [variant, change] of Object.entries(variants)) {
    it(`has no violation ${variant}`, async () => {
      const stack = await compared(change);

      expect(stack.map(({ name }) => name)).to.include("abalone-comparison");
      expect(evaluate(rules, stack)).to.deep.equal([]);
    });
  }

  it("passes only because expressions for candidates are read: of items elsewhere none is known", async () => {
    const stack = broken(await compared(everything), ({ States }) => {
      States["Try Candidates"].Items = "{% $run.candidates %}";
    });

    expect(evaluate(rules, stack).map(inShort)).to.have.members([
      "SageMaker-InterContainerTrafficEncryption: Tune Model may use several instances and does not set EnableInterContainerTrafficEncryption",
      "SageMaker-InterContainerTrafficEncryption: Train Model may use several instances and does not set EnableInterContainerTrafficEncryption",
      "SageMaker-TrainingJobKMSKeyConfigured: Tune Model does not set ResourceConfig.VolumeKmsKeyId",
      "SageMaker-TrainingJobKMSKeyConfigured: Train Model does not set ResourceConfig.VolumeKmsKeyId",
    ]);
  });

  const safeguards: [string, (definition: Definition) => void, string[]][] = [
    [
      "network isolation of trainings",
      (machine) => {
        argumentsOf(machine, "Train Model")["EnableNetworkIsolation"] = false;
      },
      [
        "SageMaker-NetworkIsolation: Train Model (item 1) does not set EnableNetworkIsolation",
        "SageMaker-NetworkIsolation: Train Model (item 2) does not set EnableNetworkIsolation",
      ],
    ],
    [
      "network isolation of tuning",
      (machine) => {
        delete argumentsOf(machine, "Tune Model")["TrainingJobDefinition"].EnableNetworkIsolation;
      },
      [
        "SageMaker-NetworkIsolation: Tune Model (item 1) does not set EnableNetworkIsolation",
        "SageMaker-NetworkIsolation: Tune Model (item 2) does not set EnableNetworkIsolation",
      ],
    ],
    [
      "network isolation of the model in production",
      (machine) => {
        const { Branches } = machine.States["Conclude"];
        delete Branches[0].States["Create Model In Production"].Arguments.EnableNetworkIsolation;
      },
      [
        "SageMaker-NetworkIsolation: Create Model In Production does not set EnableNetworkIsolation",
      ],
    ],
    [
      "encryption between instances, where a candidate has several",
      (machine) => {
        argumentsOf(machine, "Train Model")["EnableInterContainerTrafficEncryption"] = false;
      },
      [
        "SageMaker-InterContainerTrafficEncryption: Train Model (item 2) may use several instances and does not set EnableInterContainerTrafficEncryption",
      ],
    ],
    [
      "encryption between two instances, where it is for more",
      (machine) => {
        argumentsOf(machine, "Train Model")["EnableInterContainerTrafficEncryption"] =
          "{% $candidate.job.ResourceConfig.InstanceCount > 2 %}";
      },
      [
        "SageMaker-InterContainerTrafficEncryption: Train Model (item 2) may use several instances and does not set EnableInterContainerTrafficEncryption",
      ],
    ],
    [
      "the key of one candidate's volumes",
      (machine) => {
        delete machine.States["Try Candidates"].Items[1].job.ResourceConfig.VolumeKmsKeyId;
      },
      [
        "SageMaker-TrainingJobKMSKeyConfigured: Train Model (item 2) does not set ResourceConfig.VolumeKmsKeyId",
        "SageMaker-TrainingJobKMSKeyConfigured: Tune Model (item 2) does not set ResourceConfig.VolumeKmsKeyId",
      ],
    ],
    [
      "the key of what trainings write",
      (machine) => {
        delete argumentsOf(machine, "Train Model")["OutputDataConfig"].KmsKeyId;
      },
      [
        "SageMaker-TrainingJobKMSKeyConfigured: Train Model (item 1) does not set OutputDataConfig.KmsKeyId",
        "SageMaker-TrainingJobKMSKeyConfigured: Train Model (item 2) does not set OutputDataConfig.KmsKeyId",
      ],
    ],
    [
      "the key of candidates' endpoints",
      (machine) => {
        delete argumentsOf(machine, "Create Endpoint Config")["KmsKeyId"];
      },
      [
        "NIST.800.53.R5-SageMakerEndpointConfigurationKMSKeyConfigured: Create Endpoint Config (item 1) does not set KmsKeyId",
        "NIST.800.53.R5-SageMakerEndpointConfigurationKMSKeyConfigured: Create Endpoint Config (item 2) does not set KmsKeyId",
      ],
    ],
  ];
  for (const [what, change, violations] of safeguards) {
    it(`is told of nothing else once ${what} is gone`, async () => {
      const stack = broken(await compared(everything), change);

      expect(evaluate(rules, stack).map(inShort)).to.have.members(violations);
    });
  }

  it("is told of a candidate whose batch transform has volumes without the key", async () => {
    const byBatch: Change = () => ({ kmsKeyArn: customerKey, evaluation: { by: "batch" } });
    const stack = broken(await compared(byBatch), ({ States }) => {
      delete States["Try Candidates"].Items[0].transformResources.VolumeKmsKeyId;
    });

    expect(evaluate(rules, stack).map(inShort)).to.deep.equal([
      "SageMaker-TransformJobKMSKeyConfigured: Transform (item 1) does not set TransformResources.VolumeKmsKeyId",
    ]);
  });

  it("is told of a policy that reaches into production", async () => {
    const stack = (await compared(everything)).map((each) => {
      if (each.name !== "abalone-remove-candidates-policy") return each;
      const policy = String(each.props["policy"]).replaceAll(
        "endpoint/c--prod-abalone--*",
        "endpoint/*",
      );
      return { ...each, props: { ...each.props, policy } };
    });

    const open = "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/*";
    expect(evaluate(rules, stack).map(inShort)).to.deep.equal([
      `AwsSolutions-IAM5: sagemaker:DescribeEndpoint on ${open} has no exemption`,
      `AwsSolutions-IAM5: sagemaker:DeleteEndpoint on ${open} has no exemption`,
    ]);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a definition, whose states the tests know
type Definition = { States: Record<string, any> };

function argumentsOf(machine: Definition, state: string) {
  return machine.States["Try Candidates"].ItemProcessor.States[state].Arguments;
}

/** The stack with another definition of the comparison. */
function broken(stack: Resource[], change: (definition: Definition) => void): Resource[] {
  return stack.map((each) => {
    if (each.name !== "abalone-comparison") return each;
    const definition = JSON.parse(String(each.props["definition"]));
    change(definition);
    return { ...each, props: { ...each.props, definition: JSON.stringify(definition) } };
  });
}

function inShort({ rule, message }: { rule: string; message: string }): string {
  return `${rule}: ${message}`;
}
