import { expect } from "chai";
import fc from "fast-check";
import {
  arnsIn,
  bucketName,
  endpointConfigName,
  logGroups,
  maxBaseLength,
  maxTitleLength,
  maxTrainingAttempt,
  modelName,
  namePattern,
  pipelineBase,
  pipelineNames,
  runTitle,
  sageMakerNamePattern,
  trainingJobName,
  tuningRunPrefix,
} from "../../components/names.ts";

// Words that the names' own suffixes are made of: what could make two pipelines' names meet.
const word = fc.constantFrom(
  "a",
  "x1",
  "start",
  "etl",
  "retraining",
  "state",
  "machine",
  "record",
  "run",
);
const legalName = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .map((words) => words.join("-"))
  .filter((name) => namePattern.test(name));
const stackAndPipeline = fc
  .tuple(legalName, legalName)
  .filter(([stack, pipeline]) => pipelineBase(stack, pipeline).length <= maxBaseLength);

/** S3 takes any Unicode up to 1024 bytes. */
const legalKey = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 300 }),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }),
    fc.string({
      unit: fc.constantFrom("a", "Z", "7", "-", "/", ".", " ", "+", "%", "é", ".csv"),
      maxLength: 200,
    }),
  )
  .map((rest) => `input/${rest}`)
  .filter((key) => Buffer.byteLength(key) <= 1024);

const object = fc.record({
  bucket: fc.constant("retraining-dev-churn-0123abcd"),
  key: legalKey,
  versionId: fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 64 }),
});

const place = { partition: "aws", region: "us-east-2", accountId: "123456789012" };

describe("runTitle", () => {
  for (const [key, title] of [
    ["input/2026/request-01.csv", "2026-request-01-"],
    ["input/Kunden Übersicht.CSV", "kunden-ubersicht-"],
    ["input/2026/08/customers-of-europe/request-01.csv", "of-europe-request-01-"],
    ["input/averyveryveryverylongfilename.csv", "yveryverylongfilename-"],
    ["input/aaaaaaaaa/bbbbbbbbbbb.csv", "aaaaaaaaa-bbbbbbbbbbb-"], // 21 characters: all the room there is
    ["input/aaaaaaaaaa/bbbbbbbbbbb.csv", "bbbbbbbbbbb-"],
    ["input/a--b__c.csv.csv", "a-b-c-csv-"],
    ["other/input/x.csv", "other-input-x-"],
  ] as const) {
    it(`starts with the readable part of ${key}`, () => {
      expect(runTitle({ bucket: "b", key, versionId: "v" })).to.match(
        new RegExp(`^${title}[0-9a-f]{10}$`),
      );
    });
  }

  it("never changes: running executions and their outputs are found by it", () => {
    const title = runTitle({ bucket: "b", key: "input/2026/request-01.csv", versionId: "v" });

    expect(title).to.equal("2026-request-01-9547e9d218");
  });

  it("is the hash alone where a key has nothing readable", () => {
    expect(runTitle({ bucket: "b", key: "input/入力.csv", versionId: "v" })).to.match(
      /^[0-9a-f]{10}$/,
    );
  });

  it("fits AWS's characters and its own length for any legal key", () => {
    fc.assert(
      fc.property(object, (given) => {
        const title = runTitle(given);

        expect(title).to.match(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(title.length).to.be.at.most(maxTitleLength);
      }),
    );
  });

  it("is the same for the same version", () => {
    fc.assert(fc.property(object, (given) => runTitle(given) === runTitle({ ...given })));
  });

  it("differs between versions, keys and buckets", () => {
    fc.assert(
      fc.property(object, object, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));

        expect(runTitle(one)).to.not.equal(runTitle(other));
        expect(runTitle(one)).to.not.equal(runTitle({ ...one, versionId: `${one.versionId}1` }));
        expect(runTitle(one)).to.not.equal(runTitle({ ...one, bucket: `${one.bucket}1` }));
      }),
    );
  });

  it("keeps bucket, key and version apart when hashing", () => {
    const one = runTitle({ bucket: "b", key: "input/k", versionId: "12" });
    const other = runTitle({ bucket: "b", key: "input/k1", versionId: "2" });

    expect(one.slice(-10)).to.not.equal(other.slice(-10));
  });
});

describe("names of a run", () => {
  it("fit SageMaker's 63 characters for any stack, pipeline, key and attempt", () => {
    const attempt = fc.integer({ min: 1, max: maxTrainingAttempt });
    fc.assert(
      fc.property(stackAndPipeline, object, attempt, ([stack, pipeline], given, n) => {
        const base = pipelineBase(stack, pipeline);
        const title = runTitle(given);

        for (const name of [
          modelName(base, title),
          endpointConfigName(base, title),
          trainingJobName(base, title, n),
        ]) {
          expect(name).to.match(sageMakerNamePattern);
          expect(name.length).to.be.at.most(63);
          expect(name.startsWith(pipelineNames(stack, pipeline).runPrefix)).to.equal(true);
        }
      }),
    );
  });

  it("reach the limit exactly where everything is longest", () => {
    const base = "a".repeat(maxBaseLength);
    const title = "t".repeat(maxTitleLength);

    expect(trainingJobName(base, title, maxTrainingAttempt)).to.have.length(63);
  });

  for (const attempt of [0, -1, 1.5, 100, Number.NaN]) {
    it(`have no attempt ${attempt}`, () => {
      expect(() => trainingJobName("dev-churn", "t", attempt)).to.throw(
        RangeError,
        `attempt ${attempt} of training t is not in 1 to 99`,
      );
    });
  }

  it("are never matched by another pipeline's pattern", () => {
    fc.assert(
      fc.property(legalName, legalName, legalName, object, (stack, one, other, given) => {
        fc.pre(one !== other);
        const made = modelName(pipelineBase(stack, one), runTitle(given));

        expect(made.startsWith(pipelineNames(stack, other).runPrefix)).to.equal(false);
      }),
    );
  });
});

describe("tuningRunPrefix", () => {
  it("leaves room within SageMaker's 32 characters for a candidate and an attempt", () => {
    fc.assert(
      fc.property(stackAndPipeline, fc.string(), ([stack, pipeline], title) => {
        const prefix = tuningRunPrefix(pipelineNames(stack, pipeline).tuningPrefix, title);

        expect(`${prefix}c20-a99`).to.match(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}$/);
      }),
    );
  });

  it("differs by title", () => {
    expect(tuningRunPrefix("f9a065dd4a-", "a")).not.to.equal(tuningRunPrefix("f9a065dd4a-", "b"));
  });
});

describe("pipelineNames", () => {
  it("names everything after stack and pipeline", () => {
    expect(pipelineNames("dev", "churn")).to.deep.equal({
      base: "dev-churn",
      glueJob: "dev-churn-etl",
      stateMachine: "dev-churn-retraining",
      startRetrainingFunction: "dev-churn-start-retraining",
      resolveEndpointFunction: "dev-churn-resolve-endpoint",
      pruneVersionsFunction: "dev-churn-prune-versions",
      recordRunFunction: "dev-churn-record-run",
      cleanUpRunsFunction: "dev-churn-clean-up-runs",
      closeRunFunction: "dev-churn-close-run",
      writeSchemaFunction: "dev-churn-write-schema",
      failedStartsQueue: "dev-churn-failed-starts",
      unclosedRunsQueue: "dev-churn-unclosed-runs",
      containerRepository: "dev-churn-container",
      inputUploadedRule: "dev-churn-input-uploaded",
      runEndedRule: "dev-churn-run-ended",
      roles: {
        etl: "dev-churn-etl",
        training: "dev-churn-training",
        serving: "dev-churn-serving",
        stateMachine: "dev-churn-state-machine",
        startRetraining: "dev-churn-start-retraining",
        resolveEndpoint: "dev-churn-resolve-endpoint",
        pruneVersions: "dev-churn-prune-versions",
        recordRun: "dev-churn-record-run",
        cleanUpRuns: "dev-churn-clean-up-runs",
        closeRun: "dev-churn-close-run",
        writeSchema: "dev-churn-write-schema",
      },
      runPrefix: "dev-churn--",
      tuningPrefix: "f9a065dd4a-",
    });
  });

  it("fits the narrowest limit, 64 characters, whatever stack and pipeline", () => {
    fc.assert(
      fc.property(stackAndPipeline, ([stack, pipeline]) => {
        const { roles, ...names } = pipelineNames(stack, pipeline);

        for (const name of [...Object.values(names), ...Object.values(roles)]) {
          expect(name.length).to.be.at.most(64);
        }
      }),
    );
  });

  it("gives two pipelines of a stack no role, function or log group in common", () => {
    fc.assert(
      fc.property(legalName, legalName, legalName, (stack, one, other) => {
        fc.pre(one !== other);

        expect(
          taken(stack, one).filter((name) => taken(stack, other).includes(name)),
        ).to.deep.equal([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps the roles of x and x-start apart", () => {
    const roles = [pipelineNames("dev", "x"), pipelineNames("dev", "x-start")].flatMap((names) =>
      Object.values(names.roles),
    );

    expect(new Set(roles).size).to.equal(roles.length);
  });
});

/** Every name by the service that it must be unique in. */
function taken(stack: string, pipeline: string) {
  const names = pipelineNames(stack, pipeline);
  const functions = [
    names.startRetrainingFunction,
    names.resolveEndpointFunction,
    names.pruneVersionsFunction,
    names.recordRunFunction,
  ];
  return [
    ...Object.values(names.roles).map((name) => `role ${name}`),
    ...functions.map((name) => `function ${name}`),
    `job ${names.glueJob}`,
    `state machine ${names.stateMachine}`,
    `queue ${names.failedStartsQueue}`,
    `rule ${names.inputUploadedRule}`,
    `bucket ${bucketName(names.base, place)}`,
  ];
}

describe("bucketName", () => {
  it("fits S3 for any stack and pipeline", () => {
    fc.assert(
      fc.property(stackAndPipeline, ([stack, pipeline]) => {
        const name = bucketName(pipelineBase(stack, pipeline), place);

        expect(name).to.match(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
        expect(name.length).to.be.at.most(63);
      }),
    );
  });

  it("stays the same at each deployment", () => {
    expect(bucketName("dev-churn", place)).to.match(/^retraining-dev-churn-[0-9a-f]{8}$/);
    expect(bucketName("dev-churn", { ...place })).to.equal(bucketName("dev-churn", place));
  });

  it("differs between accounts and between regions", () => {
    const names = [
      place,
      { ...place, accountId: "210987654321" },
      { ...place, region: "eu-west-1" },
    ].map((other) => bucketName("dev-churn", other));

    expect(new Set(names).size).to.equal(3);
  });
});

describe("arnsIn", () => {
  const arns = arnsIn({ partition: "aws-cn", region: "cn-north-1", accountId: "123456789012" });
  for (const [kind, arn, expected] of [
    ["bucket", arns.bucket("b"), "arn:aws-cn:s3:::b"],
    ["object", arns.object("b", "input/*"), "arn:aws-cn:s3:::b/input/*"],
    ["role", arns.role("r"), "arn:aws-cn:iam::123456789012:role/r"],
    ["function", arns.function("f"), "arn:aws-cn:lambda:cn-north-1:123456789012:function:f"],
    [
      "state machine",
      arns.stateMachine("s"),
      "arn:aws-cn:states:cn-north-1:123456789012:stateMachine:s",
    ],
    [
      "execution",
      arns.execution("s", "t"),
      "arn:aws-cn:states:cn-north-1:123456789012:execution:s:t",
    ],
    ["rule", arns.rule("r"), "arn:aws-cn:events:cn-north-1:123456789012:rule/r"],
    [
      "event bus",
      arns.eventBus("default"),
      "arn:aws-cn:events:cn-north-1:123456789012:event-bus/default",
    ],
    ["queue", arns.queue("q"), "arn:aws-cn:sqs:cn-north-1:123456789012:q"],
    [
      "log group",
      arns.logGroup("/aws/lambda/f"),
      "arn:aws-cn:logs:cn-north-1:123456789012:log-group:/aws/lambda/f",
    ],
    ["Glue job", arns.glueJob("j"), "arn:aws-cn:glue:cn-north-1:123456789012:job/j"],
    [
      "training job",
      arns.trainingJob("d--*"),
      "arn:aws-cn:sagemaker:cn-north-1:123456789012:training-job/d--*",
    ],
    ["model", arns.model("d--*"), "arn:aws-cn:sagemaker:cn-north-1:123456789012:model/d--*"],
    [
      "endpoint config",
      arns.endpointConfig("d--*"),
      "arn:aws-cn:sagemaker:cn-north-1:123456789012:endpoint-config/d--*",
    ],
    [
      "endpoint",
      arns.endpoint("Churn"),
      "arn:aws-cn:sagemaker:cn-north-1:123456789012:endpoint/churn",
    ],
  ] as const) {
    it(`spells a ${kind} in the stack's own partition`, () => {
      expect(arn).to.equal(expected);
    });
  }
});

describe("logGroups", () => {
  it("are where each service writes", () => {
    expect([
      logGroups.ofFunction("f"),
      logGroups.ofStateMachine("s"),
      logGroups.ofGlueJob("j"),
      logGroups.ofEndpoint("e"),
      logGroups.trainingJobs,
    ]).to.deep.equal([
      "/aws/lambda/f",
      "/aws/vendedlogs/states/s",
      "/aws/glue/jobs/j",
      "/aws/sagemaker/Endpoints/e",
      "/aws/sagemaker/TrainingJobs",
    ]);
  });
});
