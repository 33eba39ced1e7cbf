import type { MalformedCase } from "./case.ts";
import { churn, nested, own } from "./config-case.ts";

export const sectionConfigs: readonly MalformedCase[] = [
  churn(
    "a section of __proto__",
    own("__proto__", {}),
    "~.__proto__: unknown key; known here: enabled, algorithm, etl, training, validation, endpoint, data, lo…",
  ),
  churn(
    "a section of constructor",
    { constructor: {} },
    "~.constructor: unknown key; known here: enabled, algorithm, etl, training, validation, endpoint, data, lo…",
  ),
  churn("enabled of a text", { enabled: "yes" }, "~.enabled: true or false"),
  churn("enabled of a number", { enabled: 1 }, "~.enabled: true or false"),
  churn("an algorithm of a text", { algorithm: "xgboost" }, "~.algorithm: a mapping"),
  churn(
    "an algorithm of another spelling",
    { algorithm: { name: "XGBoost" } },
    "~.algorithm.name: a built-in algorithm of the catalogue: xgboost, linear-learner, knn, factorization-machine…",
  ),
  churn(
    "an algorithm of a list",
    { algorithm: { name: ["xgboost"] } },
    "~.algorithm.name: the name of a built-in algorithm",
  ),
  churn(
    "an algorithm of __proto__",
    { algorithm: { name: "__proto__" } },
    "~.algorithm.name: a built-in algorithm of the catalogue: xgboost, linear-learner, knn, factorization-machine…",
  ),
  churn(
    "an algorithm of constructor",
    { algorithm: { name: "constructor" } },
    "~.algorithm.name: a built-in algorithm of the catalogue: xgboost, linear-learner, knn, factorization-machine…",
  ),
  churn(
    "a version of NaN",
    { algorithm: { name: "xgboost", version: Number.NaN } },
    "~.algorithm.version: a version of the algorithm's image",
  ),
  churn(
    "a version of constructor",
    { algorithm: { name: "xgboost", version: "constructor" } },
    "~.algorithm.version: a version of XGBoost: 1, 0.90-1, 0.90-2, 1.0-1, 1.2-1, 1.2-2, 1.3-1, 1.5-1, 1.7-1, 3.0-5, …",
  ),
  churn(
    "a version that is too new",
    { algorithm: { name: "xgboost", version: "99.0-1" } },
    "~.algorithm.version: a version of XGBoost: 1, 0.90-1, 0.90-2, 1.0-1, 1.2-1, 1.2-2, 1.3-1, 1.5-1, 1.7-1, 3.0-5, …",
  ),
  churn(
    "a metric of constructor",
    { validation: { metric: "constructor", threshold: 0.1 } },
    "~.validation.metric: not a metric of XGBoost 3.0-5",
  ),
  churn(
    "a metric of another case",
    { validation: { metric: "Validation:Error", threshold: 0.1 } },
    "~.validation.metric: not a metric of XGBoost 3.0-5",
  ),
  churn(
    "a threshold of NaN",
    { validation: { metric: "validation:error", threshold: Number.NaN } },
    "~.validation.threshold: a number that the metric is compared with",
  ),
  churn(
    "a threshold of infinity",
    { validation: { metric: "validation:error", threshold: Number.POSITIVE_INFINITY } },
    "~.validation.threshold: a number that the metric is compared with",
  ),
  churn(
    "a threshold of percent",
    { validation: { metric: "validation:error", threshold: "10%" } },
    "~.validation.threshold: a number that the metric is compared with",
  ),
  churn(
    "a threshold of nothing",
    { validation: { metric: "validation:error", threshold: null } },
    "~.validation.threshold: a number that the metric is compared with",
  ),
  churn(
    "a threshold of an exponent in quotes",
    { validation: { metric: "validation:error", threshold: "1e-1" } },
    "~.validation.threshold: a number that the metric is compared with",
  ),
  churn(
    "an endpoint of other letters",
    { endpoint: { name: "größe" } },
    "~.endpoint.name: a name of letters, digits and hyphens, at most 63, a letter or digit first and last",
  ),
  churn(
    "an endpoint that ends a line",
    { endpoint: { name: "churn\n" } },
    "~.endpoint.name: a name of letters, digits and hyphens, at most 63, a letter or digit first and last",
  ),
  churn(
    "an endpoint of nothing",
    { endpoint: { name: "" } },
    "~.endpoint.name: a name of letters, digits and hyphens, at most 63, a letter or digit first and last",
  ),
  churn(
    "versions of NaN",
    { endpoint: { keepVersions: Number.NaN } },
    "~.endpoint.keepVersions: a whole number of versions, 1 to 100 (the serving one included)",
  ),
  churn(
    "versions of a text",
    { endpoint: { keepVersions: "three" } },
    "~.endpoint.keepVersions: a whole number of versions, 1 to 100 (the serving one included)",
  ),
  churn("data of a list", { data: [] }, "~.data: a mapping"),
  churn(
    "days of 1e21",
    { data: { runRetentionDays: 1e21 } },
    "~.data.runRetentionDays: a whole number of days, 1 to 36500 (100 years)",
  ),
  churn("logs of nothing", { logs: null }, "accepted"),
  churn(
    "a key of a list",
    { kmsKeyArn: ["arn"] },
    "~.kmsKeyArn: the ARN of a KMS key in us-east-2; aliases cannot stand in policies",
  ),
  churn(
    "a section of 100 levels",
    { data: nested(100) },
    "~.data.a: unknown key; known here: forceDestroy, runRetentionDays",
  ),
  churn(
    "a section of 20,000 levels",
    { data: nested(20_000) },
    "~.data.a: unknown key; known here: forceDestroy, runRetentionDays",
  ),
  churn("a value of 20,000 levels", { enabled: nested(20_000) }, "~.enabled: true or false"),
];
