import * as pulumi from "@pulumi/pulumi";
import aslValidator from "asl-validator";
import { expect } from "chai";
import { AlgorithmComparison } from "../../../components/algorithm-comparison.ts";
import { comparisonDefinitionOf } from "../../../components/comparison-state-machine.ts";
import type { ComparisonConfig } from "../../../stacks/comparison-config.ts";
import { abalone, abaloneContext, candidates } from "../../support/comparison.ts";
import { abaloneStack, byBatch, inShort, promoted } from "../../support/comparison-stack.ts";
import { record } from "../../support/mocks.ts";
import { image, place } from "../../support/pipeline.ts";

const key = "arn:aws:kms:eu-west-1:123456789012:key/1";

/** Resources of one function of the program. */
const functionParts = (name: string) => [
  `cloudwatch/logGroup ${name}-logs`,
  `iam/role ${name}-role`,
  `iam/rolePolicy ${name}-policy`,
  `lambda/function ${name}`,
];
/** Resources by which a function hears of events. */
const subscriptionParts = (name: string, rule: string, queue: string) => [
  `cloudwatch/eventRule ${name}-${rule}`,
  `cloudwatch/eventTarget ${name}-target`,
  `cloudwatch/metricAlarm ${name}-${queue}-alarm`,
  `lambda/functionEventInvokeConfig ${name}-retries`,
  `lambda/permission ${name}-permission`,
  `sqs/queue ${name}-${queue}`,
  `sqs/queuePolicy ${name}-${queue}-policy`,
];

describe("AlgorithmComparison", () => {
  it("creates exactly these resources", async () => {
    const { resources } = await abaloneStack();

    expect(inShort(resources)).to.have.members([
      "s3/bucket abalone-data",
      "s3/bucketNotification abalone-data-events",
      "s3/bucketPublicAccessBlock abalone-data-public-access-block",
      "s3/bucketVersioning abalone-data-versioning",
      "s3/bucketServerSideEncryptionConfiguration abalone-data-encryption",
      "s3/bucketLifecycleConfiguration abalone-data-lifecycle",
      "s3/bucketPolicy abalone-data-policy",
      "cloudwatch/logGroup abalone-etl-error-logs",
      "cloudwatch/logGroup abalone-etl-output-logs",
      "glue/job abalone-etl",
      "glue/securityConfiguration abalone-etl-security",
      "iam/role abalone-etl-role",
      "iam/rolePolicy abalone-etl-policy",
      "s3/bucketObjectv2 abalone-etl-library",
      "s3/bucketObjectv2 abalone-etl-script",
      "iam/role abalone-training-role",
      "iam/rolePolicy abalone-training-policy",
      "iam/role abalone-serving-role",
      "iam/rolePolicy abalone-serving-policy",
      ...functionParts("abalone-gather-inputs"),
      ...functionParts("abalone-predict-candidate"),
      ...functionParts("abalone-remove-candidates"),
      ...functionParts("abalone-compare-candidates"),
      ...functionParts("abalone-record-comparison"),
      "cloudwatch/logGroup abalone-comparison-logs",
      "iam/role abalone-comparison-role",
      "iam/rolePolicy abalone-comparison-policy",
      "sfn/stateMachine abalone-comparison",
      ...functionParts("abalone-clean-up-runs"),
      "iam/rolePolicy abalone-clean-up-endpoint-policy",
      "lambda/invocation abalone-clean-up",
      ...functionParts("abalone-closer-close-comparison"),
      ...subscriptionParts("abalone-closer", "ended", "unclosed-runs"),
      ...functionParts("abalone-input-start-retraining"),
      ...subscriptionParts("abalone-input", "uploaded", "failed-starts"),
    ]);
  });

  it("is made of these components", async () => {
    const { components } = await abaloneStack();

    expect(components.map((each) => each.replace("retraining:components:", ""))).to.have.members([
      "AlgorithmComparison abalone",
      "DataBucket abalone-data",
      "EtlJob abalone-etl",
      "BundledFunction abalone-gather-inputs",
      "BundledFunction abalone-predict-candidate",
      "BundledFunction abalone-remove-candidates",
      "BundledFunction abalone-compare-candidates",
      "BundledFunction abalone-record-comparison",
      "ComparisonStateMachine abalone-comparison",
      "RunCleanUp abalone-clean-up",
      "BundledFunction abalone-clean-up-runs",
      "ComparisonCloser abalone-closer",
      "BundledFunction abalone-closer-close-comparison",
      "InputTrigger abalone-input",
      "BundledFunction abalone-input-start-retraining",
    ]);
  });

  for (const [what, changes, added, removed] of [
    [
      "adds the functions that deploy, and the endpoint's log group, where a winner is promoted",
      promoted(),
      [
        "cloudwatch/logGroup abalone-endpoint-logs",
        ...functionParts("abalone-write-schema"),
        ...functionParts("abalone-resolve-endpoint"),
        ...functionParts("abalone-prune-versions"),
      ],
      [],
    ],
    [
      "gathers nothing where data do not accumulate",
      { accumulate: false },
      [],
      functionParts("abalone-gather-inputs"),
    ],
    ["is made of the same by batch", byBatch(), [], []],
    ["is made of the same under a customer key", { kmsKeyArn: key }, [], []],
    [
      "is made of the same however many candidates there are",
      { candidates: candidates(9) },
      [],
      [],
    ],
  ] as [string, Partial<ComparisonConfig>, string[], string[]][]) {
    it(what, async () => {
      const [plain, changed] = [await abaloneStack(), await abaloneStack(changes)];

      const [before, after] = [inShort(plain.resources), inShort(changed.resources)];
      expect(after.filter((each) => !before.includes(each))).to.have.members(added);
      expect(before.filter((each) => !after.includes(each))).to.have.members(removed);
    });
  }

  it("has its definition, which is valid, for a state machine that logs everything and traces", async () => {
    const { find } = await abaloneStack(promoted());

    const { definition, ...inputs } = find("abalone-comparison").inputs;
    const { isValid, errorsText } = aslValidator(JSON.parse(definition));
    expect(isValid, isValid ? "" : errorsText("\n")).to.equal(true);
    expect(inputs).to.deep.include({
      name: "dev-abalone-comparison",
      type: "STANDARD",
      tracingConfiguration: { enabled: true },
    });
    expect(inputs["loggingConfiguration"]).to.include({ level: "ALL", includeExecutionData: true });
  });

  it("gives each candidate the image of its own algorithm", async () => {
    const { find } = await abaloneStack();

    const { States } = JSON.parse(find("abalone-comparison").inputs["definition"]);
    const images = States["Try Candidates"].Items.map((item: { image: string }) => item.image);
    expect(images.map((each: string) => each.split("/").at(-1))).to.deep.equal([
      "sagemaker-xgboost:3.0-5",
      "linear-learner:1",
    ]);
    expect(find("abalone-training-policy").inputs["policy"]).to.match(
      /repository\/sagemaker-xgboost".*repository\/linear-learner"/,
    );
  });

  it("encrypts bucket and logs with the customer key", async () => {
    const { resources } = await abaloneStack({ ...promoted(), kmsKeyArn: key });

    const encrypted = resources.filter(({ type }) => /:(LogGroup)$/.test(type));
    expect(encrypted).to.have.length(15);
    for (const { name, inputs } of encrypted) expect(inputs["kmsKeyId"], name).to.equal(key);
    const bucket = resources.find(({ name }) => name === "abalone-data-encryption");
    expect(JSON.stringify(bucket?.inputs)).to.contain(`"kmsMasterKeyId":"${key}"`);
  });

  it("waits for the network that it trains and serves in", async () => {
    const network = {
      subnetIds: pulumi.output(["subnet-1"]),
      securityGroupIds: pulumi.output(["sg-1"]),
    };
    const { find } = await record(() => comparison({}, network));

    const known = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
    expect(JSON.parse(find("abalone-comparison").inputs["definition"])).to.deep.equal(
      JSON.parse(JSON.stringify(comparisonDefinitionOf({ ...abaloneContext(), network: known }))),
    );
    for (const role of ["training", "serving"]) {
      expect(find(`abalone-${role}-policy`).inputs["policy"]).to.contain("subnet/subnet-1");
    }
  });

  for (const [what, changes, more] of [
    ["where to upload and what runs", {}, {}],
    ["also what serves, where a winner is promoted", promoted(), { endpointName: "abalone-dev" }],
  ] as const) {
    it(`tells ${what}`, async () => {
      let values: unknown;
      const { find } = await record(async () => {
        const { outputs } = comparison(changes);
        values = await new Promise((resolve) => pulumi.output(outputs).apply(resolve));
      });

      const { bucket } = find("abalone-data").inputs;
      expect(values).to.deep.equal({
        bucket,
        uploadCommand: `aws s3 cp data.libsvm s3://${bucket}/input/data.libsvm`,
        stateMachineArn: "arn:aws:sfn:eu-west-1:123456789012:dev-abalone-comparison",
        ...more,
      });
    });
  }
});

function comparison(
  changes: Partial<ComparisonConfig>,
  network?: ConstructorParameters<typeof AlgorithmComparison>[1]["network"],
) {
  const config = abalone(changes);
  const images = new Map(config.candidates.map((each) => [each.key, image]));
  return new AlgorithmComparison("abalone", { stack: "dev", config, place, images, network });
}
