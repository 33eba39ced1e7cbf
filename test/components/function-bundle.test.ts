import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { strToU8, zipSync } from "fflate";
import { handlerNames, handlerSource } from "../../components/function-bundle.ts";

const cache = join(import.meta.dirname, "../../node_modules/.cache/retraining-handlers");

/** What handlers read of their environment, any of them. */
const environment = {
  AWS_REGION: "eu-west-1",
  BUCKET: "bucket",
  CANDIDATE_COUNT: "2",
  CANDIDATE_PREFIX: "c--dev-abalone--",
  COMPARISON: "abalone",
  INPUT_EXTENSIONS: ".csv",
  LOG_RETENTION_DAYS: "30",
  MAX_TITLE_LENGTH: "32",
  RULES: "{}",
  ENDPOINT_NAME: "churn",
  GLUE_JOB: "dev-churn-etl",
  KEEP_VERSIONS: "3",
  PIPELINE: "churn",
  RUN_PREFIX: "dev-churn--",
  RUN_RETENTION_DAYS: "90",
  STACK: "dev",
  STATE_MACHINE_ARN: "arn:aws:states:eu-west-1:123456789012:stateMachine:x",
};

describe("handlerSource", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "bundles-"));
    for (const name of handlerNames)
      writeFileSync(join(folder, `${name}.mjs`), handlerSource(name));
  });

  after(() => rmSync(folder, { recursive: true }));

  for (const name of handlerNames) {
    it(`gives ${name} as an archive under 400 kB`, () => {
      const archive = zipSync({ "index.mjs": strToU8(handlerSource(name)) });

      expect(archive.length).to.be.below(400_000);
    });

    it(`gives ${name} as a module that stands alone and exports handler`, () => {
      const script = `const m = await import(${JSON.stringify(join(folder, `${name}.mjs`))}); process.stdout.write(typeof m.handler)`;

      // a folder without node_modules, and an environment with nothing but the handler's own
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ["--input-type=module", "-e", script],
        {
          cwd: folder,
          env: environment,
          encoding: "utf8",
        },
      );

      expect(stderr).to.equal("");
      expect(stdout).to.equal("function");
    });
  }

  /** All sources, as another process gives them. */
  function sourcesElsewhere(): string {
    const bundle = join(import.meta.dirname, "../../components/function-bundle.ts");
    const script = `const m = await import(${JSON.stringify(bundle)}); process.stdout.write(m.handlerNames.map(m.handlerSource).join("\\0"))`;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      maxBuffer: 16 * 1024 ** 2,
    });
    return stdout;
  }

  it("bundles again when sources have changed, to the same bytes from the same sources", () => {
    const expected = handlerNames.map(handlerSource).join("\0");
    const before = statSync(join(cache, "record-run.mjs")).mtimeMs;
    writeFileSync(join(cache, "sources"), "of another version");

    const same = sourcesElsewhere() === expected; // half a megabyte each: no diff to read

    expect(same).to.equal(true);
    expect(statSync(join(cache, "record-run.mjs")).mtimeMs).to.be.greaterThan(before);
  });

  it("does not bundle again what it has", () => {
    const before = statSync(join(cache, "record-run.mjs")).mtimeMs;

    sourcesElsewhere();

    expect(statSync(join(cache, "record-run.mjs")).mtimeMs).to.equal(before);
  });
});
