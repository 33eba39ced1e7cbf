import { type Refusal, refuses } from "./pipeline-config.ts";

const formOfName =
  "a name of letters, digits and hyphens, at most 63, a letter or digit first and last";
const days =
  "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";

const refused: readonly Refusal[] = [
  [
    { endpoint: { name: "churn_1" } },
    "endpoint.name",
    "churn_1",
    formOfName,
    "write such a name, or leave it out for <stack>-<pipeline>",
  ],
  [
    { endpoint: { name: "a".repeat(64) } },
    "endpoint.name",
    "a".repeat(64),
    formOfName,
    "write such a name, or leave it out for <stack>-<pipeline>",
  ],
  [
    { endpoint: { instanceType: "ml.t3.large" } },
    "endpoint.instanceType",
    "ml.t3.large",
    "SageMaker has no endpoints on ml.t3",
    "take another family, such as ml.m5.large",
  ],
  [
    { endpoint: { keepVersions: 0 } },
    "endpoint.keepVersions",
    0,
    "a whole number of versions, 1 to 100 (the serving one included)",
    "raise it to 1 at least",
  ],
  [
    { endpoint: { timeoutMinutes: 721 } },
    "endpoint.timeoutMinutes",
    721,
    "a whole number of minutes, 1 to 480 (a run of more looks at the endpoint outgrows Step Functions' history)",
    "lower it to 480 at most",
  ],
  [
    { data: { forceDestroy: "true" } },
    "data.forceDestroy",
    "true",
    "true or false",
    "write true or false, without quotes",
  ],
  [
    { data: { runRetentionDays: 0 } },
    "data.runRetentionDays",
    0,
    "a whole number of days, 1 to 36500 (100 years)",
    "raise it to 1 at least",
  ],
  [
    { logs: { retentionDays: 31 } },
    "logs.retentionDays",
    31,
    `days that CloudWatch Logs offers: ${days}`,
    "write 60",
  ],
  [
    { logs: { retentionDays: 9999 } },
    "logs.retentionDays",
    9999,
    `days that CloudWatch Logs offers: ${days}`,
    "write 3653",
  ],
  [{ logs: 7 }, "logs", 7, "a mapping", "write keys below it: retentionDays"],
  ...[
    "alias/mine",
    "arn:aws:kms:us-east-2:123456789012:alias/mine",
    "arn:aws:kms:eu-west-1:123456789012:key/0123abcd",
  ].map((kmsKeyArn): [Record<string, unknown>, string, unknown, string, string] => [
    { kmsKeyArn },
    "kmsKeyArn",
    kmsKeyArn,
    "the ARN of a KMS key in us-east-2; aliases cannot stand in policies",
    "write arn:aws:kms:us-east-2:<account>:key/<id>, or leave it out for the keys that AWS owns",
  ]),
  [
    { algoritm: {} },
    "algoritm",
    {},
    "unknown key; known here: enabled, algorithm, etl, training, validation, endpoint, data, logs, kmsKeyArn",
    "write algorithm",
  ],
];

describe("a pipeline's other sections", () => {
  refuses(refused);
});
