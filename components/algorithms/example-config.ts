import type { Algorithm } from "./algorithm.ts";
import { exampleInstance } from "./check-instances.ts";

const longestLine = 96;

/** Config names a script that exists: this one, until it names yours. */
const placeholder = "glue/churn_etl.py";

/**
 * A whole `Pulumi.<stack>.yaml` with one pipeline of the algorithm: it deploys as it is, and trains once its ETL script
 * writes what the comment says.
 */
export function exampleConfig(algorithm: Algorithm): string {
  const { name, example, instances } = algorithm;
  const training = {
    instanceType: exampleInstance(instances.training, "training"),
    ...(example.channels === undefined ? {} : { channels: flow(example.channels) }),
    hyperparameters: flow(example.hyperparameters),
  };
  const validation = example.gate ?? { enabled: false };
  const endpoint = { instanceType: exampleInstance(instances.serving, "endpoint") };
  return [
    "config:",
    "  aws:region: us-east-2",
    "  retraining:pipelines:",
    `    ${example.pipeline}:`,
    `      algorithm: ${flow({ name })}`,
    `      # ${example.script === undefined ? "put your script here: it " : ""}writes ${example.etlWrites}`,
    ...etl(example),
    "      training:",
    ...Object.entries(training).flatMap(([key, value]) => entry(key, value)),
    `      validation: ${flow(validation)}`,
    `      endpoint: ${flow(endpoint)}`,
    "",
  ].join("\n");
}

function etl({ script = placeholder, etlArguments }: Algorithm["example"]): string[] {
  if (etlArguments === undefined) return [`      etl: ${flow({ script })}`];
  return ["      etl:", `        script: ${script}`, `        arguments: ${flow(etlArguments)}`];
}

/** One line, or as many as a flow mapping needs: one for each of its entries. */
function entry(key: string, value: string): string[] {
  const line = `        ${key}: ${value}`;
  if (line.length <= longestLine || !value.startsWith("{")) return [line];
  const inner = value.slice(1, -1).trim();
  return [`        ${key}:`, ...inner.split(/, (?=\w+: )/).map((item) => `          ${item}`)];
}

/** `{ metric: "validation:error", threshold: 0.1 }`, on one line. */
function flow(value: object): string {
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${scalar(item)}`);
  return `{ ${entries.join(", ")} }`;
}

function scalar(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(scalar).join(", ")}]`;
  return typeof value === "string" && !/^[A-Za-z][\w./-]*$/.test(value)
    ? JSON.stringify(value)
    : String(value);
}
