import type { MalformedCase } from "./case.ts";
import { file, withKeys } from "./stack-file-case.ts";

/** Nine to the ninth elements, if anyone wrote them all down. */
const bomb = ["a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
  .concat([..."bcdefghi"].map((x, i) => `${x}: &${x} [${`*${"abcdefgh"[i]}, `.repeat(9)}]`))
  .join("\n");

/** YAML that is none, or that means something else than it seems to. */
export const stackFiles: readonly MalformedCase[] = [
  file("as it should be", withKeys(""), "accepted"),
  file("a byte order mark", `\ufeff${withKeys("")}`, "accepted"),
  file("CRLF", withKeys("").replaceAll("\n", "\r\n"), "accepted"),
  file("UTF-16", Buffer.from(withKeys(""), "utf16le"), "Pulumi.dev.yaml is not UTF-8: save it so"),
  file("a zero byte", withKeys("enabled: \0true"), "Pulumi.dev.yaml is not UTF-8: save it so"),
  file(
    "empty",
    "",
    "aws:region: the region to deploy to; pipelines: required: a mapping of one pipeline at least, by name",
  ),
  file(
    "a comment alone",
    "# nothing",
    "aws:region: the region to deploy to; pipelines: required: a mapping of one pipeline at least, by name",
  ),
  file("a text", "churn", 'Pulumi.dev.yaml is to be a map with the key "config"'),
  file("a list", "- a\n- b\n", 'Pulumi.dev.yaml is to be a map with the key "config"'),
  file("config of a list", "config: [a]\n", 'Pulumi.dev.yaml: "config" is to be a map of settings'),
  file(
    "config of a text",
    "config: churn\n",
    'Pulumi.dev.yaml: "config" is to be a map of settings',
  ),
  file("config of a number", "config: 7\n", 'Pulumi.dev.yaml: "config" is to be a map of settings'),
  file(
    "a tab for spaces",
    "config:\n\taws:region: us-east-2\n",
    "Pulumi.dev.yaml is no YAML: Tabs are not allowed as indentation at line 2, column 1:",
  ),
  file(
    "a bracket that is never closed",
    withKeys("data: { forceDestroy: true"),
    "Pulumi.dev.yaml is no YAML: Flow map in block collection must be sufficiently indented and end with a } at line 11, column 1:",
  ),
  file(
    "a quote that is never closed",
    withKeys('kmsKeyArn: "arn'),
    'Pulumi.dev.yaml is no YAML: Missing closing "quote at line 11, column 1:',
  ),
  file(
    "a key twice",
    withKeys("algorithm: { name: knn }"),
    "Pulumi.dev.yaml is no YAML: Map keys must be unique at line 10, column 7:",
  ),
  file(
    "a pipeline twice",
    `${withKeys("")}    churn: {}\n`,
    "Pulumi.dev.yaml is no YAML: Map keys must be unique at line 11, column 5:",
  ),
  file(
    "two documents",
    `${withKeys("")}---\n${withKeys("")}`,
    "Pulumi.dev.yaml holds two documents: write one",
  ),
  file("an anchor and its alias", withKeys("data: &d { forceDestroy: true }"), "accepted"),
  file(
    "an alias of nothing",
    withKeys("data: *nowhere"),
    "Pulumi.dev.yaml is no YAML: Unresolved alias (the anchor must be set before the alias): nowhere",
  ),
  file(
    "an alias of itself",
    withKeys("data: &d { forceDestroy: *d }"),
    "Pulumi.dev.yaml: retraining:pipelines holds itself: an alias is below its anchor",
  ),
  file(
    "aliases of aliases of aliases",
    `${bomb}\n${withKeys("")}`,
    "Pulumi.dev.yaml is no YAML: Excessive alias count indicates a resource exhaustion attack",
  ),
  file(
    "a merge",
    withKeys("data: { <<: { forceDestroy: true } }"),
    "pipelines.churn.data.<<: unknown key; known here: forceDestroy, runRetentionDays",
  ),
  file(
    "a key that is a mapping",
    withKeys("? { a: 1 }\n      : 2"),
    "Pulumi.dev.yaml is no YAML: With stringKeys, all keys must be strings at line 10, column 9:",
  ),
  file(
    "a key that is null",
    withKeys("~: 2"),
    "pipelines.churn.~: unknown key; known here: enabled, algorithm, etl, training, validation, endpoint, data, lo…",
  ),
  file(
    "a key that is a number",
    withKeys("7: 2"),
    "pipelines.churn.7: unknown key; known here: enabled, algorithm, etl, training, validation, endpoint, data, lo…",
  ),
  file(
    "__proto__",
    withKeys("__proto__: { enabled: false }"),
    "pipelines.churn.__proto__: unknown key; known here: enabled, algorithm, etl, training, validation, endpoint, data, lo…",
  ),
  file("yes for true", withKeys("enabled: yes"), "pipelines.churn.enabled: true or false"),
  file("True for true", withKeys("enabled: True"), "accepted"),
  file("a text of true", withKeys('enabled: "true"'), "pipelines.churn.enabled: true or false"),
  file(
    "no number",
    withKeys("data: { runRetentionDays: .nan }"),
    "Pulumi.dev.yaml: retraining:pipelines holds NaN: write a number that is finite",
  ),
  file(
    "infinity",
    withKeys("data: { runRetentionDays: .inf }"),
    "Pulumi.dev.yaml: retraining:pipelines holds Infinity: write a number that is finite",
  ),
  file(
    "a number beyond all numbers",
    withKeys("data: { runRetentionDays: 1e999 }"),
    "Pulumi.dev.yaml: retraining:pipelines holds Infinity: write a number that is finite",
  ),
  file("hexadecimal", withKeys("data: { runRetentionDays: 0x1e }"), "accepted"),
  file("octal", withKeys("data: { runRetentionDays: 0o36 }"), "accepted"),
  file(
    "sexagesimal",
    withKeys("data: { runRetentionDays: 1:30 }"),
    "pipelines.churn.data.runRetentionDays: a whole number of days, 1 to 36500 (100 years)",
  ),
  file(
    "underscores",
    withKeys("data: { runRetentionDays: 1_000 }"),
    "pipelines.churn.data.runRetentionDays: a whole number of days, 1 to 36500 (100 years)",
  ),
  file(
    "a date",
    withKeys("data: { runRetentionDays: 2026-01-01 }"),
    "pipelines.churn.data.runRetentionDays: a whole number of days, 1 to 36500 (100 years)",
  ),
  file(
    "bytes",
    withKeys("data: { runRetentionDays: !!binary aGk= }"),
    "Pulumi.dev.yaml: retraining:pipelines holds a Buffer: write maps, lists, texts, numbers and booleans",
  ),
  file(
    "a tag that nobody knows",
    withKeys("data: !Ref other"),
    "Pulumi.dev.yaml is no YAML: Unresolved tag: !Ref at line 10, column 13:",
  ),
  file(
    "a set",
    withKeys("data: !!set { forceDestroy }"),
    "Pulumi.dev.yaml: retraining:pipelines holds a Set: write maps, lists, texts, numbers and booleans",
  ),
  file(
    "no number for a section",
    withKeys("logs: .nan"),
    "Pulumi.dev.yaml: retraining:pipelines holds NaN: write a number that is finite",
  ),
  file(
    "Latin-1",
    Buffer.from(withKeys("kmsKeyArn: Schlüssel"), "latin1"),
    "Pulumi.dev.yaml is not UTF-8: save it so",
  ),
  file(
    "50,000 levels",
    withKeys(`data: ${"[".repeat(50_000)}${"]".repeat(50_000)}`),
    "Pulumi.dev.yaml nests values too deeply",
  ),
  file(
    "a secret",
    `${withKeys("")}  retraining:network: { secure: AAABAK }\n`,
    "Pulumi.dev.yaml: retraining:network is a secret, which only the Pulumi engine can read",
  ),
  file(
    "a region of a number",
    "config:\n  aws:region: 7\n",
    "aws:region: the region to deploy to; pipelines: required: a mapping of one pipeline at least, by name",
  ),
];
