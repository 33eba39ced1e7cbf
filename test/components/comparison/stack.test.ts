import { expect } from "chai";
import { abalone } from "../../support/comparison.ts";
import { abaloneStack, inShort, promoted, stackOf } from "../../support/comparison-stack.ts";
import { outliving } from "../../support/outliving.ts";
import { churn } from "../../support/pipeline.ts";
import {
  covers,
  expectNarrowTrusts,
  openActions,
  patternsOf,
  policiesOf,
} from "../../support/recorded-permissions.ts";

const one = abalone({ enabled: true, ...promoted() });
const { promotion } = one;
const other = {
  ...one,
  name: "abalone-eu",
  promotion: { ...promotion, endpoint: { ...promotion.endpoint, name: "abalone-eu" } },
};

describe("a comparison in its stack", () => {
  it("trusts each service only on behalf of the account, one service a role", async () => {
    expectNarrowTrusts(await abaloneStack(promoted()), "abalone-etl-role");
  });

  it("allows exact actions only, and leaves the resource open only where AWS knows none", async () => {
    const open = openActions(await abaloneStack(promoted()));

    const services = ["logs", "xray"]; // log deliveries and traces
    const others = open.filter((each) => !services.includes(each.split(":")[0] ?? ""));
    expect(others).to.deep.equal([
      "cloudwatch:PutMetricData under a condition",
      "ecr:GetAuthorizationToken",
      "sagemaker:ListEndpointConfigs",
      "sagemaker:ListEndpoints",
      "sagemaker:ListModels",
      "sagemaker:ListTrainingJobs",
      "sagemaker:ListTransformJobs",
    ]);
  });

  it("ends what starts runs before it cleans up after them", async () => {
    const recording = await abaloneStack();

    for (const name of ["abalone-input-start-retraining", "abalone-closer-close-comparison"]) {
      expect(outliving(recording, name), name).to.include("abalone-clean-up");
    }
    expect(outliving(recording, "abalone-input-target")).to.include("abalone-clean-up");
  });

  it("cleans up while all that runs are made of is there", async () => {
    const outlives = outliving(await abaloneStack(promoted()), "abalone-clean-up");

    expect(outlives).to.include.members([
      "abalone-clean-up-runs",
      "abalone-clean-up-runs-policy",
      "abalone-clean-up-endpoint-policy",
      "abalone-comparison",
      "abalone-comparison-policy",
      "abalone-etl",
      "abalone-training-policy",
      "abalone-serving-policy",
      "abalone-endpoint-logs",
      "abalone-gather-inputs",
      "abalone-predict-candidate",
      "abalone-remove-candidates",
      "abalone-compare-candidates",
      "abalone-record-comparison",
      "abalone-write-schema",
      "abalone-resolve-endpoint",
      "abalone-prune-versions",
      "abalone-data",
    ]);
  });

  it("shares no name with another comparison, or with a pipeline", async () => {
    const { resources } = await stackOf([one, other], [churn()]);

    const physical = resources
      .filter(({ type }) => !type.endsWith(":RolePolicy")) // named within their role
      .map(({ type, inputs }) => inputs["name"] && `${type} ${inputs["name"]}`)
      .filter((name) => name !== undefined);
    expect(new Set(physical).size).to.equal(physical.length);
    const buckets = new Set(resources.map(({ inputs }) => inputs["bucket"]).filter(Boolean));
    expect(buckets.size).to.equal(3);
  });

  it("cannot reach another one's data, models, endpoints or candidates", async () => {
    const recording = await stackOf([one, other]);

    const theirs = [
      "model/dev-abalone-eu--x",
      "model/c--dev-abalone-eu--x-c01",
      "endpoint/c--dev-abalone-eu--x-c01",
      "training-job/c--dev-abalone-eu--x-c01-a1",
      "transform-job/c--dev-abalone-eu--x-c01",
      "endpoint/abalone-eu",
      "job/dev-abalone-eu-etl",
    ];
    const own = policiesOf(recording).filter(({ name }) => !name.startsWith("abalone-eu"));
    expect(own).to.have.length.above(10);
    for (const policy of own) {
      const patterns = patternsOf(policy);
      expect(JSON.stringify(patterns), policy.name).not.to.contain("abalone-eu");
      for (const pattern of patterns.filter((each) => each !== "*")) {
        const reached = theirs.filter((each) => covers(pattern, each));
        expect(reached, `${policy.name}: ${pattern}`).to.deep.equal([]);
      }
    }
  });

  it("lets no policy of candidates reach what serves in production", async () => {
    const recording = await abaloneStack(promoted());

    for (const name of ["predict-candidate", "remove-candidates"]) {
      const patterns = patternsOf(recording.find(`abalone-${name}-policy`));
      for (const served of [
        "endpoint/abalone-dev",
        "model/dev-abalone--x",
        "endpoint-config/dev-abalone--x",
      ]) {
        expect(patterns.filter((each) => covers(each, served))).to.deep.equal([]);
      }
    }
  });

  it("comes and goes without a change of what is beside it", async () => {
    const [alone, beside] = [await stackOf([], [churn()]), await stackOf([one], [churn()])];

    const added = beside.resources.filter(({ name }) => !name.startsWith("churn"));
    expect(inShort(added)).to.have.members(inShort((await abaloneStack(promoted())).resources));
    for (const { name, inputs } of alone.resources) {
      const { source: _, code: __, ...more } = beside.find(name).inputs;
      const { source: ___, code: ____, ...before } = inputs;
      expect(more, name).to.deep.equal(before);
    }
  });
});
