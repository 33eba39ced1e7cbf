import type { MalformedCase } from "./case.ts";
import { churn, own } from "./config-case.ts";

export const etlConfigs: readonly MalformedCase[] = [
  churn(
    "a script of a number",
    { etl: { script: 1 } },
    "~.etl.script: path of the Glue script, relative to the project",
  ),
  churn(
    "a script of a folder",
    { etl: { script: "glue" } },
    "~.etl.script: a Python file, *.py: AWS Glue runs nothing else here",
  ),
  churn(
    "a script outside",
    { etl: { script: "../../etc/passwd" } },
    "~.etl.script: a file inside the project",
  ),
  churn(
    "a script of an absolute path",
    { etl: { script: "/etc/passwd" } },
    "~.etl.script: a file inside the project",
  ),
  churn(
    "a script with a zero byte",
    { etl: { script: "glue/\0.py" } },
    "~.etl.script: a file that exists, relative to the project",
  ),
  churn(
    "a script of 100,000 letters",
    { etl: { script: `${"a".repeat(100_000)}.py` } },
    "~.etl.script: a file that exists, relative to the project",
  ),
  churn(
    "a script elsewhere",
    { etl: { script: "s3://bucket/churn_etl.py" } },
    "~.etl.script: a file that exists, relative to the project",
  ),
  churn(
    "minutes of NaN",
    { etl: { script: "glue/churn_etl.py", timeoutMinutes: Number.NaN } },
    "~.etl.timeoutMinutes: a whole number of minutes, 1 to 10079 (AWS Glue's limit)",
  ),
  churn(
    "minutes without end",
    { etl: { script: "glue/churn_etl.py", timeoutMinutes: Number.POSITIVE_INFINITY } },
    "~.etl.timeoutMinutes: a whole number of minutes, 1 to 10079 (AWS Glue's limit)",
  ),
  churn(
    "minutes of 1e308",
    { etl: { script: "glue/churn_etl.py", timeoutMinutes: 1e308 } },
    "~.etl.timeoutMinutes: a whole number of minutes, 1 to 10079 (AWS Glue's limit)",
  ),
  churn(
    "minutes of 400 digits",
    { etl: { script: "glue/churn_etl.py", timeoutMinutes: "9".repeat(400) } },
    "~.etl.timeoutMinutes: a whole number of minutes, 1 to 10079 (AWS Glue's limit)",
  ),
  churn(
    "minutes with a unit",
    { etl: { script: "glue/churn_etl.py", timeoutMinutes: "30m" } },
    "~.etl.timeoutMinutes: a whole number of minutes, 1 to 10079 (AWS Glue's limit)",
  ),
  churn(
    "minutes of other digits",
    { etl: { script: "glue/churn_etl.py", timeoutMinutes: "３０" } },
    "~.etl.timeoutMinutes: a whole number of minutes, 1 to 10079 (AWS Glue's limit)",
  ),
  churn(
    "minutes of a fraction",
    { etl: { script: "glue/churn_etl.py", timeoutMinutes: 1.5 } },
    "~.etl.timeoutMinutes: a whole number of minutes, 1 to 10079 (AWS Glue's limit)",
  ),
  churn(
    "minutes of a list",
    { etl: { script: "glue/churn_etl.py", timeoutMinutes: [30] } },
    "~.etl.timeoutMinutes: a whole number of minutes, 1 to 10079 (AWS Glue's limit)",
  ),
  churn(
    "minus no minutes",
    { etl: { script: "glue/churn_etl.py", timeoutMinutes: -0 } },
    "~.etl.timeoutMinutes: a whole number of minutes, 1 to 10079 (AWS Glue's limit)",
  ),
  churn(
    "arguments of a list",
    { etl: { script: "glue/churn_etl.py", arguments: ["SEED=1"] } },
    "~.etl.arguments: a mapping of names to values",
  ),
  churn(
    "an argument of __proto__",
    { etl: { script: "glue/churn_etl.py", arguments: own("__proto__", "1") } },
    "~.etl.arguments.__proto__: a name of letters, digits, _ and -, a letter first",
  ),
  churn(
    "an argument of a mapping",
    { etl: { script: "glue/churn_etl.py", arguments: { SEED: {} } } },
    "~.etl.arguments.SEED: a text, a number or a boolean",
  ),
  churn(
    "an argument of NaN",
    { etl: { script: "glue/churn_etl.py", arguments: { SEED: Number.NaN } } },
    "~.etl.arguments.SEED: a text, a number or a boolean",
  ),
  churn(
    "an argument with a space",
    { etl: { script: "glue/churn_etl.py", arguments: { "MY SEED": 1 } } },
    "~.etl.arguments.MY SEED: a name of letters, digits, _ and -, a letter first",
  ),
  churn(
    "an argument of other letters",
    { etl: { script: "glue/churn_etl.py", arguments: { größe: 1 } } },
    "~.etl.arguments.größe: a name of letters, digits, _ and -, a letter first",
  ),
  churn(
    "an argument of every run",
    { etl: { script: "glue/churn_etl.py", arguments: { S3_INPUT_FILE: "x" } } },
    "~.etl.arguments.S3_INPUT_FILE: reserved: every run passes it to the script",
  ),
];
