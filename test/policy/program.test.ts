import { expect } from "chai";
import { exemptions } from "../../policy/exemptions.ts";
import { statementsOf } from "../../policy/policy-document.ts";
import { evaluate, type Resource, type Rule } from "../../policy/rule.ts";
import { rules } from "../../policy/rules/index.ts";
import { wildcardExemptions } from "../../policy/wildcard-exemptions.ts";
import { customerKey, recordedStack } from "./recorded-stack.ts";

/** Every option that changes what policies see: a customer key; of XGBoost also several instances, spot training, data elsewhere. */
const allOptions = (pipeline: Record<string, Record<string, unknown>>) => ({
  kmsKeyArn: customerKey,
  ...(pipeline["algorithm"]?.["name"] === "xgboost" && {
    training: {
      ...pipeline["training"],
      instanceCount: 2,
      channels: { validation: "s3://lake/holdout/" },
      spot: { maxWaitMinutes: 90 },
    },
  }),
});

/** A tuning job in place of XGBoost's training job. */
const tuned = (pipeline: Record<string, Record<string, unknown>>) =>
  pipeline["algorithm"]?.["name"] === "xgboost"
    ? { training: { ...pipeline["training"], tuning: { ranges: { alpha: { min: 0, max: 9 } } } } }
    : {};

/** A container of one's own in place of XGBoost, as only such a pipeline makes a repository. */
const ownContainer = (pipeline: Record<string, Record<string, unknown>>) =>
  pipeline["algorithm"]?.["name"] === "xgboost"
    ? {
        algorithm: { container: "containers/sklearn-regressor" },
        training: { metricDefinitions: [{ name: "validation:error", regex: "error=(.*)" }] },
        validation: { ...pipeline["validation"], direction: "min" },
      }
    : {};

/** Comparisons, whose candidates are asked by batch transform. */
const byBatch = () => ({ evaluation: { by: "batch" } });

const network = { create: { cidrBlock: "10.0.0.0/16", natGateways: "single" } };

describe("the program under the policy pack", () => {
  for (const stack of ["dev", "prod", "local"]) {
    it(`has no violation in ${stack}`, async () => {
      expect(evaluate(rules, await recordedStack(stack))).to.deep.equal([]);
    });
  }

  it("has no violation with a customer key, several instances, data elsewhere and spot training", async () => {
    expect(evaluate(rules, await recordedStack("prod", allOptions))).to.deep.equal([]);
  });

  it("has no violation with a tuning job", async () => {
    expect(evaluate(rules, await recordedStack("prod", tuned))).to.deep.equal([]);
  });

  it("has no violation with a container of one's own in a network of the stack's", async () => {
    const stack = await recordedStack("prod", ownContainer, network);

    expect(evaluate(rules, stack)).to.deep.equal([]);
    const types = stack.map(({ type }) => type);
    expect(types).to.include.members(["aws:ecr/repository:Repository", "aws:ec2/vpc:Vpc"]);
  });

  it("is told of an endpoint that is gone, and of a repository that was opened", async () => {
    const stack = await recordedStack("prod", ownContainer, network);
    const opened = changing("churn-container", { imageTagMutability: "MUTABLE" })(
      stack.filter(({ type }) => !type.startsWith("awsx:")),
    ).filter(({ name }) => name !== "network-logs");

    expect(evaluate(rules, opened).map(inShort)).to.have.members([
      "ECR-TagImmutability churn-container",
      "VPC-ServiceEndpoints network",
    ]);
  });

  const s3 = "aws:s3/bucket";
  const withoutSafeguard: [string, string, (stack: Resource[]) => Resource[], string[]][] = [
    [
      "tracing of runs",
      "dev",
      changing("churn-retraining", { tracingConfiguration: { enabled: false } }),
      ["AwsSolutions-SF2 churn-retraining"],
    ],
    [
      "tracing of a function",
      "dev",
      changing("churn-record-run", { tracingConfig: { mode: "PassThrough" } }),
      ["Serverless-LambdaTracing churn-record-run"],
    ],
    [
      "logging of runs",
      "dev",
      changing("churn-retraining", { loggingConfiguration: undefined }),
      [
        "AwsSolutions-SF1 churn-retraining",
        "NIST.800.53.R5-CloudWatchLogGroupRetentionPeriod churn-retraining",
      ],
    ],
    [
      "the block of public access",
      "dev",
      without(`${s3}PublicAccessBlock:BucketPublicAccessBlock`),
      ["AwsSolutions-S2 churn-data"],
    ],
    [
      "encryption of the bucket",
      "prod",
      without(`${s3}ServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration`),
      ["AwsSolutions-S3 churn-data"],
    ],
    [
      "the bucket's policy",
      "prod",
      without(`${s3}Policy:BucketPolicy`),
      ["AwsSolutions-S10 churn-data"],
    ],
    [
      "versions",
      "prod",
      without(`${s3}Versioning:BucketVersioning`),
      ["NIST.800.53.R5-S3BucketVersioningEnabled churn-data"],
    ],
    [
      "every queue's policy",
      "prod",
      without("aws:sqs/queuePolicy:QueuePolicy"),
      [
        "AwsSolutions-SQS4 churn-closer-unclosed-runs",
        "AwsSolutions-SQS4 churn-input-failed-starts",
      ],
    ],
    [
      "the queue for events that the function failed on",
      "prod",
      changing("churn-input-start-retraining", { deadLetterConfig: undefined }),
      ["NIST.800.53.R5-LambdaDLQ churn-input-start-retraining"],
    ],
    [
      "the queue for events that were not delivered",
      "prod",
      changing("churn-input-target", { deadLetterConfig: undefined }),
      ["Serverless-EventBusDLQ churn-input-target"],
    ],
    [
      "network isolation",
      "prod",
      changing("churn-retraining", {}, (definition) =>
        definition.replace('"EnableNetworkIsolation":true', '"EnableNetworkIsolation":false'),
      ),
      ["SageMaker-NetworkIsolation churn-retraining"],
    ],
  ];
  for (const [what, stack, change, violations] of withoutSafeguard) {
    it(`is told of nothing else once ${what} is gone`, async () => {
      const resources = change(await recordedStack(stack));

      expect(evaluate(rules, resources).map(inShort)).to.deep.equal(violations);
    });
  }

  it("is told of encryption that is gone where there is a customer key", async () => {
    const stack = await recordedStack("prod", allOptions);
    const off = { cloudwatchEncryption: { cloudwatchEncryptionMode: "DISABLED" } };
    const security = stack.find(({ name }) => name === "churn-etl-security")?.props;
    const resources = changing("churn-etl-security", {
      encryptionConfiguration: { ...(security?.["encryptionConfiguration"] as object), ...off },
    })(stack);

    expect(evaluate(rules, resources).map(inShort)).to.deep.equal(["AwsSolutions-GL1 churn-etl"]);
  });
});

describe("the pack's exemptions", () => {
  it("each name a rule, give a reason and cover something that would be a violation", async () => {
    const stacks = [
      await recordedStack("prod"),
      await recordedStack("prod", allOptions),
      await recordedStack("prod", undefined, undefined, byBatch),
    ];

    for (const exemption of exemptions) {
      const rule = rules.find(({ name }) => name === exemption.rule);
      expect(rule, exemption.rule).to.not.equal(undefined);
      expect(exemption.reason.length, exemption.rule).to.be.greaterThan(40);
      expect(stacks.flatMap((stack) => covered(rule as Rule, stack)).length).to.be.greaterThan(0);
    }
  });

  it("explain no wildcard that no policy has", async () => {
    const stacks = [
      await recordedStack("prod"),
      await recordedStack("prod", allOptions, network),
      await recordedStack("prod", tuned),
      await recordedStack("prod", undefined, undefined, () => ({})),
      await recordedStack("prod", undefined, undefined, byBatch),
    ];
    const allowed = stacks
      .flat()
      .filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")
      .flatMap(({ props }) => statementsOf(props["policy"]));

    for (const { actions, resource } of wildcardExemptions) {
      for (const action of actions) {
        const used = allowed.some(
          (each) =>
            each.actions.includes(action) && each.resources.some((on) => resource.test(String(on))),
        );
        expect(used, `${action} on ${resource}`).to.equal(true);
      }
    }
  });

  /** What the rule would say without exemptions: of these stacks it says nothing. */
  function covered(rule: Rule, stack: Resource[]): string[] {
    return stack
      .filter(({ type }) => rule.types.includes(type))
      .flatMap((resource) => rule.check(resource, stack));
  }
});

function changing(
  name: string,
  props: Record<string, unknown>,
  redefine: (definition: string) => string = (definition) => definition,
) {
  return (stack: Resource[]): Resource[] => {
    if (!stack.some((each) => each.name === name)) throw new Error(`no resource is called ${name}`);
    return stack.map((each) => {
      if (each.name !== name) return each;
      const set = Object.entries({ ...each.props, ...props }).filter(
        ([, value]) => value !== undefined,
      );
      const changed = Object.fromEntries(set);
      const { definition } = changed;
      if (typeof definition === "string") changed["definition"] = redefine(definition);
      return { ...each, props: changed };
    });
  };
}

function without(type: string) {
  return (stack: Resource[]): Resource[] => {
    const rest = stack.filter((each) => each.type !== type);
    if (rest.length === stack.length) throw new Error(`no resource has the type ${type}`);
    return rest;
  };
}

function inShort({ rule, urn }: { rule: string; urn: string }): string {
  return `${rule} ${urn.split("::").at(-1)}`;
}
