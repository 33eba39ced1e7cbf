import { expect } from "chai";
import { comparisonMachineStatements } from "../../../components/comparison-state-machine.ts";
import { abalone, abaloneContext } from "../../support/comparison.ts";
import { promotingContext } from "../../support/comparison-run.ts";
import { allows, arn, difference, keyStatements, of } from "../../support/statements.ts";

const made = "c--dev-abalone--*";
const version = "dev-abalone--*";
const batch = { ...abalone().evaluation, by: "batch" as const };
const key = "arn:aws:kms:eu-west-1:123456789012:key/1";
const sagemaker = (...resources: string[]) => resources.map((each) => arn("sagemaker", each));
const functions = (...names: string[]) =>
  allows(
    ["lambda:InvokeFunction"],
    names.map((name) => arn("lambda", `function:dev-abalone-${name}`)),
  );
const rules = (...kinds: string[]) =>
  allows(
    of("events", "PutTargets", "PutRule", "DescribeRule"),
    kinds.map((kind) => arn("events", `rule/StepFunctionsGetEventsForSageMaker${kind}JobsRule`)),
  );
const tags = (...resources: string[]) =>
  allows(of("sagemaker", "AddTags", "ListTags"), sagemaker(...resources));
const pass = (role: string) =>
  allows(["iam:PassRole"], [`arn:aws:iam::123456789012:role/dev-abalone-${role}`], {
    StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" },
  });
const own = ["predict-candidate", "remove-candidates", "compare-candidates", "record-comparison"];

const plain = comparisonMachineStatements(abaloneContext());

describe("comparisonMachineStatements", () => {
  it("allow what the states call, on what they call it", () => {
    expect(plain.slice(0, -2)).to.deep.equal([
      allows(of("glue", "StartJobRun", "GetJobRun", "GetJobRuns", "BatchStopJobRun"), [
        arn("glue", "job/dev-abalone-etl"),
      ]),
      allows(
        of("sagemaker", "CreateTrainingJob", "DescribeTrainingJob", "StopTrainingJob"),
        sagemaker(`training-job/${made}`),
      ),
      tags(`training-job/${made}`, `model/${made}`, `endpoint-config/${made}`, `endpoint/${made}`),
      rules("Training"),
      allows(["sagemaker:CreateModel"], sagemaker(`model/${made}`)),
      allows(["sagemaker:CreateEndpointConfig"], sagemaker(`endpoint-config/${made}`)),
      allows(
        ["sagemaker:CreateEndpoint"],
        sagemaker(`endpoint/${made}`, `endpoint-config/${made}`),
      ),
      allows(["sagemaker:DescribeEndpoint"], sagemaker(`endpoint/${made}`)),
      pass("training"),
      pass("serving"),
      functions("gather-inputs", ...own),
    ]);
  });

  it("leave the resource open only for log deliveries and traces", () => {
    const open = plain.filter(({ Resource }) => Resource?.includes("*"));

    const services = open.map(({ Action }) => [
      ...new Set(Action.map((each) => each.split(":")[0])),
    ]);
    expect(services).to.deep.equal([["logs"], ["xray"]]);
    expect(plain.slice(-2)).to.deep.equal(open);
  });

  it("allow transform jobs in place of endpoints by batch", () => {
    const { added, removed } = difference(
      plain,
      comparisonMachineStatements(abaloneContext({ evaluation: batch })),
    );

    expect(added).to.deep.equal([
      allows(
        of("sagemaker", "CreateTransformJob", "DescribeTransformJob", "StopTransformJob"),
        sagemaker(`transform-job/${made}`),
      ),
      tags(`training-job/${made}`, `model/${made}`, `transform-job/${made}`),
      rules("Training", "Transform"),
    ]);
    expect(removed.map(({ Action }) => Action.at(-1))).to.deep.equal([
      "sagemaker:ListTags",
      "events:DescribeRule",
      "sagemaker:CreateEndpointConfig",
      "sagemaker:CreateEndpoint",
      "sagemaker:DescribeEndpoint",
    ]);
  });

  it("allow versions and their one endpoint where a winner is promoted", () => {
    const { added } = difference(plain, comparisonMachineStatements(promotingContext()));

    expect(added).to.deep.equal([
      tags(
        `training-job/${made}`,
        `model/${made}`,
        `model/${version}`,
        `endpoint-config/${made}`,
        `endpoint/${made}`,
      ),
      allows(["sagemaker:CreateModel"], sagemaker(`model/${made}`, `model/${version}`)),
      allows(
        ["sagemaker:CreateEndpointConfig"],
        sagemaker(`endpoint-config/${made}`, `endpoint-config/${version}`),
      ),
      allows(
        ["sagemaker:CreateEndpoint"],
        sagemaker(
          `endpoint/${made}`,
          "endpoint/abalone-dev",
          `endpoint-config/${made}`,
          `endpoint-config/${version}`,
        ),
      ),
      allows(["sagemaker:DescribeEndpoint"], sagemaker(`endpoint/${made}`, "endpoint/abalone-dev")),
      allows(
        ["sagemaker:UpdateEndpoint"],
        sagemaker("endpoint/abalone-dev", `endpoint-config/${version}`),
      ),
      functions("gather-inputs", ...own, "write-schema", "resolve-endpoint", "prune-versions"),
    ]);
  });

  it("allow the production endpoint alone where candidates have none", () => {
    const statements = comparisonMachineStatements(promotingContext({ evaluation: batch }));

    const endpoints = statements
      .flatMap(({ Resource }) => Resource ?? [])
      .filter((each) => each.includes(":endpoint"));
    expect(new Set(endpoints)).to.deep.equal(
      new Set(sagemaker("endpoint/abalone-dev", `endpoint-config/${version}`)),
    );
  });

  it("allow no gathering where data do not accumulate", () => {
    const { added } = difference(
      plain,
      comparisonMachineStatements(abaloneContext({ accumulate: false })),
    );

    expect(added).to.deep.equal([functions(...own)]);
  });

  it("allow the use of the customer key", () => {
    const { added, removed } = difference(
      plain,
      comparisonMachineStatements(abaloneContext({ kmsKeyArn: key })),
    );

    const { data, volumes } = keyStatements(key);
    expect(added).to.deep.equal([data, ...volumes]);
    expect(removed).to.deep.equal([]);
  });
});
