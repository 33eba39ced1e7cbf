import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Problem } from "../../stacks/config-error.ts";
import type { Warning } from "../../stacks/config-report.ts";
import { checkContainer } from "../../stacks/read-container.ts";
import { parse, parsePipeline, problemsOf } from "./pipeline-config.ts";

const fixture = fileURLToPath(new URL("../fixtures/own-container", import.meta.url));
const own = "containers/sklearn-regressor";
const rmse = { name: "validation:rmse", regex: "validation:rmse=([0-9.e+-]+)" };
const gate = { metric: "validation:rmse", direction: "min", threshold: 3 };

describe("a container of one's own", () => {
  let project: string;

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), "project-"));
    await cp(fixture, join(project, "containers/mean"), { recursive: true });
  });

  afterEach(() => rm(project, { recursive: true }));

  function check(folder: string): { problems: Problem[]; warnings: Warning[] } {
    const report = { problems: [], warnings: [] };
    checkContainer(project, folder, "pipelines.prices.algorithm.container", report);
    return report;
  }

  it("is a folder with what builds, trains and serves", () => {
    const pipeline = parsePipeline({
      algorithm: { container: `./${own}/` },
      training: { hyperparameters: { max_iter: 50 }, metricDefinitions: [rmse] },
      validation: gate,
    });

    expect(pipeline?.algorithm).to.deep.equal({ container: own });
    expect(pipeline?.training.metricDefinitions).to.deep.equal([rmse]);
    expect(pipeline?.training.hyperparameters).to.deep.equal({ max_iter: "50" });
    expect(pipeline?.training.channels).to.deep.equal({ train: "etl", validation: "etl" });
  });

  it("is told once of what cannot be checked, and of the switch that its image needs", () => {
    const before = process.env["BUILDX_NO_DEFAULT_ATTESTATIONS"];
    try {
      delete process.env["BUILDX_NO_DEFAULT_ATTESTATIONS"];
      const without = check("containers/mean").warnings.map(({ message }) => message);
      process.env["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1";
      const withIt = check("containers/mean").warnings;

      expect(without).to.have.length(2);
      expect(without[0]).to.contain("are not checked");
      expect(without[1]).to.contain("set BUILDX_NO_DEFAULT_ATTESTATIONS=1");
      expect(withIt).to.have.length(1);
    } finally {
      if (before === undefined) delete process.env["BUILDX_NO_DEFAULT_ATTESTATIONS"];
      else process.env["BUILDX_NO_DEFAULT_ATTESTATIONS"] = before;
    }
  });

  it("is told of everything that its folder lacks at once", async () => {
    await mkdir(join(project, "containers/empty"));

    const { problems } = check("containers/empty");

    expect(problems.map(({ rule }) => /^it needs (\S+):/.exec(rule)?.[1])).to.deep.equal([
      "Dockerfile",
      "requirements.txt",
      "train",
      "serve",
    ]);
  });

  it("has programs that can be run", async () => {
    await chmod(join(project, "containers/mean/train"), 0o644);
    await writeFile(join(project, "containers/mean/serve"), "print(1)\n");

    const { problems } = check("containers/mean");

    expect(problems.map(({ rule }) => rule)).to.deep.equal([
      "its train must be executable",
      "its serve must say what runs it in its first line",
    ]);
  });

  for (const [folder, rule, remedy] of [
    ["containers/meen", "a folder that exists", "write containers/mean"],
    ["containers", "a folder below containers/", "containers/<folder>"],
    ["../elsewhere", "a folder below containers/", "containers/<folder>"],
    ["glue", "a folder below containers/", "containers/<folder>"],
    ["containers/my container", "letters, digits", "containers/<folder>"],
  ] as const) {
    it(`refuses ${folder}`, () => {
      const { problems } = check(folder);

      expect(problems).to.have.length(1);
      expect(problems[0]?.rule).to.contain(rule);
      expect(problems[0]?.remedy).to.contain(remedy);
    });
  }

  it("stands alone: neither beside a name nor with a version", () => {
    const twice = problemsOf(() =>
      parsePipeline({ algorithm: { name: "xgboost", container: own } }),
    );
    const versioned = problemsOf(() =>
      parsePipeline({
        algorithm: { container: own, version: "1" },
        validation: { enabled: false },
      }),
    );

    expect(twice[0]?.rule).to.equal("one of name, image and container");
    expect(versioned[0]?.path).to.equal("pipelines.churn.algorithm.version");
  });

  it("is checked although it is not deployed, without a warning", () => {
    const algorithm = { container: own };
    const off = { algorithm, enabled: false, validation: { enabled: false } };
    const pipelines = { off: { etl: { script: "glue/churn_etl.py" }, ...off } };

    expect(parse(pipelines).warnings.map(({ path }) => path)).to.deep.equal(["pipelines"]);
  });
});

describe("metrics of a container of one's own", () => {
  const withDefinitions = (metricDefinitions: unknown, validation: unknown = gate) =>
    parsePipeline({
      algorithm: { container: own },
      training: { metricDefinitions },
      validation,
    });

  it("are needed for a gate, and no more than that", () => {
    const [problem] = problemsOf(() => withDefinitions(undefined));

    expect(problem).to.deep.include({
      path: "pipelines.churn.validation.metric",
      received: "validation:rmse",
    });
    expect(problem?.remedy).to.contain('- { name: "validation:rmse", regex: "validation:rmse=(');
    expect(withDefinitions(undefined, { enabled: false })?.training.metricDefinitions).to.be.empty;
  });

  it("name the one that the gate asks for", () => {
    const [problem] = problemsOf(() => withDefinitions([{ ...rmse, name: "rmse" }]));

    expect(problem?.rule).to.equal("a metric of training.metricDefinitions: rmse");
  });

  for (const [what, definitions, path, rule] of [
    ["no list", { ...rmse }, "", "a list"],
    ["no regex", [{ name: "validation:rmse" }], "[0].regex", "a regular expression"],
    ["no group", [{ ...rmse, regex: "rmse=.*" }], "[0].regex", "the value in its first group"],
    ["a broken regex", [{ ...rmse, regex: "rmse=(" }], "[0].regex", "a regular expression"],
    ["an unknown key", [{ ...rmse, unit: "m" }], "[0].unit", "unknown key"],
    ["one twice", [rmse, rmse], "", "validation:rmse is defined twice"],
    ["too many", Array(41).fill(rmse), "", "at most 40"],
  ] as const) {
    it(`are refused with ${what}`, () => {
      const found = problemsOf(() => withDefinitions(definitions));

      const at = `pipelines.churn.training.metricDefinitions${path}`;
      expect(found.find((problem) => problem.path === at)?.rule).to.contain(rule);
    });
  }

  it("are SageMaker's own for its algorithms, by name or by image", () => {
    const image = "257758044811.dkr.ecr.us-east-2.amazonaws.com/sagemaker-xgboost:3.0-5";
    const training = { metricDefinitions: [rmse] };
    const named = problemsOf(() =>
      parsePipeline({ training: { ...training, hyperparameters: { objective: "reg:linear" } } }),
    );
    const builtin = problemsOf(() =>
      parsePipeline({ algorithm: { image }, training, validation: gate }),
    );
    const gated = parsePipeline({ algorithm: { image }, training: {}, validation: gate });

    const path = "pipelines.churn.training.metricDefinitions";
    expect(named.some((problem) => problem.path === path)).to.equal(true);
    expect(builtin.map((problem) => problem.path)).to.deep.equal([path]);
    expect(gated?.validation).to.include({ metric: "validation:rmse" });
  });
});
