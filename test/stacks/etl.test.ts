import { expect } from "chai";
import { parsePipeline, problemsOf, type Refusal, refuses } from "./pipeline-config.ts";

const etl = (more: object) => ({ etl: { script: "glue/churn_etl.py", ...more } });

const refused: readonly Refusal[] = [
  [
    { etl: {} },
    "etl.script",
    undefined,
    "path of the Glue script, relative to the project",
    "add it, such as script: glue/churn_etl.py",
  ],
  [
    { etl: { script: "glue/churn_elt.py" } },
    "etl.script",
    "glue/churn_elt.py",
    "a file that exists, relative to the project",
    "write glue/churn_etl.py",
  ],
  [
    { etl: { script: "nowhere/x.py" } },
    "etl.script",
    "nowhere/x.py",
    "a file that exists, relative to the project",
    "create it, or correct the path",
  ],
  [
    { etl: { script: "package.json" } },
    "etl.script",
    "package.json",
    "a Python file, *.py: AWS Glue runs nothing else here",
    "name a PySpark script",
  ],
  [
    { etl: { script: "../x.py" } },
    "etl.script",
    "../x.py",
    "a file inside the project",
    "move the script below the project's folder, such as into glue/",
  ],
  [
    etl({ timeoutMinutes: 10080 }),
    "etl.timeoutMinutes",
    10080,
    "a whole number of minutes, 1 to 10079 (AWS Glue's limit)",
    "lower it to 10079 at most",
  ],
  [
    etl({ timeoutMinutes: "30m" }),
    "etl.timeoutMinutes",
    "30m",
    "a whole number of minutes, 1 to 10079 (AWS Glue's limit)",
    "write a whole number, without a unit",
  ],
  [
    etl({ workerCount: 1 }),
    "etl.workerCount",
    1,
    "a whole number of workers, 2 to 299 (Glue counts the driver in)",
    "raise it to 2 at least",
  ],
  [
    etl({ workerType: "G.025X" }),
    "etl.workerType",
    "G.025X",
    "a Glue worker type for Spark: G.1X, G.2X, G.4X, G.8X, G.12X, G.16X, R.1X, R.2X, R.4X, R.8X",
    "write G.1X unless the data outgrow its 16 GB",
  ],
  [
    etl({ workerCounts: 2 }),
    "etl.workerCounts",
    2,
    "unknown key; known here: script, timeoutMinutes, workerType, workerCount, arguments",
    "write workerCount",
  ],
  [
    etl({ arguments: ["a"] }),
    "etl.arguments",
    ["a"],
    "a mapping of names to values",
    "write NAME: value below it",
  ],
  [
    etl({ arguments: { SEED: [1] } }),
    "etl.arguments.SEED",
    [1],
    "a text, a number or a boolean",
    "write one, in quotes where it holds more",
  ],
  [
    etl({ arguments: { "--A": 1 } }),
    "etl.arguments.--A",
    1,
    "a name without leading hyphens: the pipeline adds them",
    "write A",
  ],
  [
    etl({ arguments: { "a b": 1 } }),
    "etl.arguments.a b",
    1,
    "a name of letters, digits, _ and -, a letter first",
    "take such a name",
  ],
  [
    etl({ arguments: { MAX_DROPED_ROWS: 3 } }),
    "etl.arguments.MAX_DROPED_ROWS",
    3,
    "an argument that glue/churn_etl.py takes: MAX_DROPPED_ROWS, SEED",
    "write MAX_DROPPED_ROWS",
  ],
  [
    etl({ script: "./glue/../glue/churn_etl.py", arguments: { toString: 1 } }),
    "etl.arguments.toString",
    1,
    "an argument that glue/churn_etl.py takes: MAX_DROPPED_ROWS, SEED",
    "remove it",
  ],
  [
    etl({ arguments: { MAX_DROPPED_ROWS: -1 } }),
    "etl.arguments.MAX_DROPPED_ROWS",
    -1,
    "a whole number from 0",
    "write one",
  ],
  [
    etl({ arguments: { SEED: "seven" } }),
    "etl.arguments.SEED",
    "seven",
    "a whole number",
    "write one",
  ],
  [
    etl({ script: "glue/tabular_etl.py", arguments: { MISSING: "means" } }),
    "etl.arguments.MISSING",
    "means",
    "one of error, mean, zero",
    "write mean",
  ],
  [
    etl({ script: "glue/tabular_etl.py", arguments: { MISSING: "drop" } }),
    "etl.arguments.MISSING",
    "drop",
    "one of error, mean, zero",
    "write one of them",
  ],
];

/** A script of which this project knows nothing. */
const ofOthers = "test/local/glue/scripts/header_less.py";

describe("a pipeline's etl", () => {
  refuses(refused);

  for (const name of [
    "S3_INPUT_FILE",
    "S3_TRAIN_KEY",
    "S3_VALIDATE_KEY",
    "S3_TEST_KEY",
    "S3_REPORT_KEY",
  ]) {
    it(`refuses the ETL argument ${name}, that every run passes`, () => {
      expect(problemsOf(() => parsePipeline(etl({ arguments: { [name]: "x" } })))).to.deep.equal([
        {
          path: `pipelines.churn.etl.arguments.${name}`,
          received: "x",
          rule: "reserved: every run passes it to the script",
          remedy: "remove it, the script gets it anyway",
        },
      ]);
    });
  }

  for (const name of [
    "JOB_NAME",
    "JOB_RUN_ID",
    "TempDir",
    "job-bookmark-option",
    "extra-py-files",
    "enable-metrics",
    "conf",
  ]) {
    it(`refuses the ETL argument ${name}, that Glue or the pipeline sets`, () => {
      expect(problemsOf(() => parsePipeline(etl({ arguments: { [name]: "x" } })))).to.deep.equal([
        {
          path: `pipelines.churn.etl.arguments.${name}`,
          received: "x",
          rule: "reserved: AWS Glue or the pipeline sets it",
          remedy: "remove it, or take another name",
        },
      ]);
    });
  }

  it("takes a seed below 0", () => {
    expect(parsePipeline(etl({ arguments: { SEED: -7 } }))?.etl.arguments).to.deep.equal({
      SEED: "-7",
    });
  });

  it("passes what Glue takes on to the project's own scripts too", () => {
    const given = { "additional-python-modules": "x==1" };

    expect(parsePipeline(etl({ arguments: given }))?.etl.arguments).to.deep.equal(given);
  });

  it("passes other ETL arguments on to scripts of others, as texts", () => {
    const given = {
      MAX_DROPPED_ROWS: 10,
      RATIO: 1e-7,
      STRICT: false,
      "additional-python-modules": "x==1",
    };

    const section = etl({ script: ofOthers, arguments: given });

    expect(parsePipeline(section)?.etl.arguments).to.deep.equal({
      MAX_DROPPED_ROWS: "10",
      RATIO: "0.0000001",
      STRICT: "false",
      "additional-python-modules": "x==1",
    });
  });
});
