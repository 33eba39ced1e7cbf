import { expect } from "chai";
import {
  definitionOf,
  RetrainingStateMachine,
  stateMachineStatements,
} from "../../components/retraining-state-machine.ts";
import { record } from "../support/mocks.ts";
import { churnContext, tunedContext } from "../support/pipeline.ts";

const arn = (service: string, resource: string) =>
  `arn:aws:${service}:eu-west-1:123456789012:${resource}`;

function stateMachine() {
  const context = churnContext();
  return record(() => new RetrainingStateMachine("machine", { context, dependsOn: [] }));
}

describe("RetrainingStateMachine", () => {
  it("creates a state machine, its log group, its role and one policy", async () => {
    const { resources } = await stateMachine();

    expect(resources.map(({ type, name }) => `${type} ${name}`)).to.have.members([
      "aws:cloudwatch/logGroup:LogGroup machine-logs",
      "aws:iam/role:Role machine-role",
      "aws:iam/rolePolicy:RolePolicy machine-policy",
      "aws:sfn/stateMachine:StateMachine machine",
    ]);
  });

  it("logs everything and traces", async () => {
    const { find } = await stateMachine();

    const { definition, ...inputs } = find("machine").inputs;
    expect(JSON.parse(definition)).to.deep.equal(definitionOf(churnContext()));
    expect(inputs).to.deep.equal({
      name: "dev-churn-retraining",
      type: "STANDARD",
      roleArn: "arn:aws:iam:eu-west-1:123456789012:dev-churn-state-machine",
      loggingConfiguration: {
        level: "ALL",
        includeExecutionData: true,
        logDestination:
          "arn:aws:cloudwatch:eu-west-1:123456789012:/aws/vendedlogs/states/dev-churn-retraining:*",
      },
      tracingConfiguration: { enabled: true },
    });
    expect(find("machine-logs").inputs).to.deep.equal({
      name: "/aws/vendedlogs/states/dev-churn-retraining",
      retentionInDays: 30,
    });
  });

  it("trusts Step Functions on behalf of this account", async () => {
    const { find } = await stateMachine();

    expect(JSON.parse(find("machine-role").inputs["assumeRolePolicy"]).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Principal: { Service: "states.amazonaws.com" },
        Action: ["sts:AssumeRole"],
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
    ]);
  });
});

describe("stateMachineStatements", () => {
  it("allow what the states call, on what they call it", () => {
    const pass = (role: string) => ({
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: [`arn:aws:iam::123456789012:role/${role}`],
      Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    });

    expect(stateMachineStatements(churnContext()).slice(0, -2)).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"],
        Resource: [arn("glue", "job/dev-churn-etl")],
      },
      {
        Effect: "Allow",
        Action: [
          "sagemaker:CreateTrainingJob",
          "sagemaker:DescribeTrainingJob",
          "sagemaker:StopTrainingJob",
          "sagemaker:AddTags",
          "sagemaker:ListTags",
        ],
        Resource: [arn("sagemaker", "training-job/dev-churn--*")],
      },
      {
        Effect: "Allow",
        Action: ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
        Resource: [arn("events", "rule/StepFunctionsGetEventsForSageMakerTrainingJobsRule")],
      },
      {
        Effect: "Allow",
        Action: ["sagemaker:CreateModel", "sagemaker:AddTags"],
        Resource: [arn("sagemaker", "model/dev-churn--*")],
      },
      {
        Effect: "Allow",
        Action: ["sagemaker:CreateEndpointConfig"],
        Resource: [arn("sagemaker", "endpoint-config/dev-churn--*")],
      },
      {
        Effect: "Allow",
        Action: ["sagemaker:CreateEndpoint", "sagemaker:UpdateEndpoint"],
        Resource: [
          arn("sagemaker", "endpoint/churn"),
          arn("sagemaker", "endpoint-config/dev-churn--*"),
        ],
      },
      {
        Effect: "Allow",
        Action: ["sagemaker:DescribeEndpoint"],
        Resource: [arn("sagemaker", "endpoint/churn")],
      },
      pass("dev-churn-training"),
      pass("dev-churn-serving"),
      {
        Effect: "Allow",
        Action: ["lambda:InvokeFunction"],
        Resource: [
          arn("lambda", "function:dev-churn-write-schema"),
          arn("lambda", "function:dev-churn-resolve-endpoint"),
          arn("lambda", "function:dev-churn-prune-versions"),
          arn("lambda", "function:dev-churn-record-run"),
        ],
      },
    ]);
  });

  it("allow tuning jobs and the look at the best training job in place of training jobs", () => {
    const { tuningPrefix } = tunedContext().names;
    const trains = (context = churnContext()) =>
      stateMachineStatements(context).filter(({ Action }) =>
        /Job|PutRule/.test(Action.filter((each) => !each.startsWith("glue:")).join()),
      );

    expect(trains(tunedContext())).to.deep.equal([
      {
        Effect: "Allow",
        Action: [
          "sagemaker:CreateHyperParameterTuningJob",
          "sagemaker:DescribeHyperParameterTuningJob",
          "sagemaker:ListTrainingJobsForHyperParameterTuningJob",
          "sagemaker:StopHyperParameterTuningJob",
          "sagemaker:AddTags",
          "sagemaker:ListTags",
        ],
        Resource: [arn("sagemaker", `hyper-parameter-tuning-job/${tuningPrefix}*`)],
      },
      {
        Effect: "Allow",
        Action: ["sagemaker:DescribeTrainingJob"],
        Resource: [arn("sagemaker", `training-job/${tuningPrefix}*`)],
      },
      {
        Effect: "Allow",
        Action: ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
        Resource: [arn("events", "rule/StepFunctionsGetEventsForSageMakerTuningJobsRule")],
      },
    ]);
    expect(stateMachineStatements(tunedContext())).to.have.length(
      stateMachineStatements(churnContext()).length + 1,
    );
  });

  it("leave the resource open only for log deliveries and traces", () => {
    const open = stateMachineStatements(churnContext()).filter(({ Resource }) =>
      Resource?.includes("*"),
    );

    const services = new Set(
      open.flatMap(({ Action }) => Action.map((each) => each.split(":")[0])),
    );
    expect(open).to.have.length(2);
    expect([...services]).to.deep.equal(["logs", "xray"]);
  });
});
