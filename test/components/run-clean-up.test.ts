import { expect } from "chai";
import {
  cleanUpRunsStatements,
  endpointStatements,
  RunCleanUp,
} from "../../components/run-clean-up.ts";
import { record } from "../support/mocks.ts";
import { churn, churnContext } from "../support/pipeline.ts";

const sagemaker = (resource: string) => `arn:aws:sagemaker:eu-west-1:123456789012:${resource}`;

function cleanUp(deleteOnDestroy = true, tunes = false) {
  const context = churnContext({ endpoint: { ...churn().endpoint, deleteOnDestroy } });
  return record(() => new RunCleanUp("clean-up", { context, tunes, dependsOn: [] }));
}

describe("RunCleanUp", () => {
  it("invokes a function of its own when the stack changes", async () => {
    const { resources, find } = await cleanUp();

    expect(resources.map(({ type, name }) => `${type} ${name}`)).to.have.members([
      "aws:cloudwatch/logGroup:LogGroup clean-up-runs-logs",
      "aws:iam/role:Role clean-up-runs-role",
      "aws:iam/rolePolicy:RolePolicy clean-up-runs-policy",
      "aws:lambda/function:Function clean-up-runs",
      "aws:iam/rolePolicy:RolePolicy clean-up-endpoint-policy",
      "aws:lambda/invocation:Invocation clean-up",
    ]);
    expect(find("clean-up").inputs).to.deep.equal({
      functionName: "dev-churn-clean-up-runs",
      lifecycleScope: "CRUD",
      input: '{"endpointName":"churn","onRenameOrDestroy":"delete"}',
    });
    expect(find("clean-up-runs").inputs).to.deep.include({
      timeout: 900,
      environment: {
        variables: {
          RUN_PREFIX: "dev-churn--",
          STATE_MACHINE_ARN:
            "arn:aws:states:eu-west-1:123456789012:stateMachine:dev-churn-retraining",
          GLUE_JOB: "dev-churn-etl",
        },
      },
    });
  });

  it("knows of tuning jobs where runs have any", async () => {
    const { find } = await cleanUp(true, true);

    const { tuningPrefix } = churnContext().names;
    expect(find("clean-up-runs").inputs["environment"].variables).to.include({
      TUNING_PREFIX: tuningPrefix,
    });
    expect(
      JSON.parse(find("clean-up-runs-policy").inputs["policy"]).Statement.slice(-2),
    ).to.deep.equal([
      { Effect: "Allow", Action: ["sagemaker:ListHyperParameterTuningJobs"], Resource: ["*"] },
      {
        Effect: "Allow",
        Action: ["sagemaker:StopHyperParameterTuningJob"],
        Resource: [sagemaker(`hyper-parameter-tuning-job/${tuningPrefix}*`)],
      },
    ]);
  });

  it("says where the endpoint is to be kept", async () => {
    const { find } = await cleanUp(false);

    expect(find("clean-up").inputs["input"]).to.equal(
      '{"endpointName":"churn","onRenameOrDestroy":"keep"}',
    );
  });

  it("names the policy on the endpoint after it: a new name replaces it, and the old lasts until then", async () => {
    const { find } = await cleanUp();

    const { name, policy } = find("clean-up-endpoint-policy").inputs;
    expect(name).to.equal("endpoint-churn");
    expect(JSON.parse(policy).Statement).to.deep.equal(endpointStatements(churnContext()));
  });

  it("may stop and delete what its pipeline's runs made, nothing else", () => {
    expect([
      ...cleanUpRunsStatements(churnContext()),
      ...endpointStatements(churnContext()),
    ]).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["states:ListExecutions"],
        Resource: ["arn:aws:states:eu-west-1:123456789012:stateMachine:dev-churn-retraining"],
      },
      {
        Effect: "Allow",
        Action: ["states:StopExecution"],
        Resource: ["arn:aws:states:eu-west-1:123456789012:execution:dev-churn-retraining:*"],
      },
      {
        Effect: "Allow",
        Action: ["glue:GetJobRuns", "glue:BatchStopJobRun"],
        Resource: ["arn:aws:glue:eu-west-1:123456789012:job/dev-churn-etl"],
      },
      {
        Effect: "Allow",
        Action: [
          "sagemaker:ListTrainingJobs",
          "sagemaker:ListEndpointConfigs",
          "sagemaker:ListModels",
        ],
        Resource: ["*"],
      },
      {
        Effect: "Allow",
        Action: ["sagemaker:StopTrainingJob"],
        Resource: [sagemaker("training-job/dev-churn--*")],
      },
      {
        Effect: "Allow",
        Action: ["sagemaker:DeleteEndpointConfig", "sagemaker:ListTags", "sagemaker:AddTags"],
        Resource: [sagemaker("endpoint-config/dev-churn--*")],
      },
      {
        Effect: "Allow",
        Action: ["sagemaker:DeleteModel"],
        Resource: [sagemaker("model/dev-churn--*")],
      },
      {
        Effect: "Allow",
        Action: ["sagemaker:DescribeEndpoint", "sagemaker:DeleteEndpoint"],
        Resource: [sagemaker("endpoint/churn")],
      },
    ]);
  });
});
