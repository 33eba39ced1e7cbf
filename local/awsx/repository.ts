import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkInputs } from "./check-inputs.ts";

interface Rule {
  description?: string;
  tagStatus: string;
  maximumAgeLimit?: number;
  maximumNumberOfImages?: number;
}

interface Inputs extends Omit<aws.ecr.RepositoryArgs, "lifecyclePolicy"> {
  lifecyclePolicy?: pulumi.Input<{ rules?: Rule[] }>;
}

const known = [
  "name",
  "imageTagMutability",
  "imageScanningConfiguration",
  "encryptionConfigurations",
  "forceDelete",
  "lifecyclePolicy",
  "tags",
];

/** `awsx:ecr:Repository` as far as the program uses it: the same resources below it, and the output `url`. */
export class Repository extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;

  constructor(name: string, inputs: Inputs, options: pulumi.ComponentResourceOptions) {
    super("awsx:ecr:Repository", name, {}, options);
    checkInputs("awsx:ecr:Repository", inputs, known);
    const { lifecyclePolicy, ...args } = inputs;
    const repository = new aws.ecr.Repository(name, args, { parent: this });
    new aws.ecr.LifecyclePolicy(
      name,
      { repository: repository.name, policy: policyOf(lifecyclePolicy) },
      { parent: this },
    );
    this.url = repository.repositoryUrl;
    this.registerOutputs({ url: this.url });
  }
}

function policyOf(given: Inputs["lifecyclePolicy"]): pulumi.Output<string> {
  return pulumi.output(given).apply((policy) => {
    if (policy?.rules === undefined) {
      throw new Error("awsx:ecr:Repository: lifecyclePolicy.rules is needed on the local cloud");
    }
    return JSON.stringify({ rules: policy.rules.map(ruleOf) });
  });
}

/** In ECR's words. */
function ruleOf(rule: Rule, index: number) {
  const age = rule.maximumAgeLimit;
  if (rule.tagStatus !== "untagged") {
    throw new Error(
      `awsx:ecr:Repository: the local cloud knows lifecycle rules for untagged images, not for ${rule.tagStatus}`,
    );
  }
  return {
    rulePriority: index + 1,
    description: rule.description,
    selection: {
      tagStatus: rule.tagStatus,
      countType: age === undefined ? "imageCountMoreThan" : "sinceImagePushed",
      countNumber: age ?? rule.maximumNumberOfImages,
      ...(age !== undefined && { countUnit: "days" }),
    },
    action: { type: "expire" },
  };
}
