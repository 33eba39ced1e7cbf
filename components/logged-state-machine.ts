import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { LogsConfig } from "../stacks/config.ts";
import { logGroups } from "./names.ts";
import { allow, type Statement } from "./policies.ts";

export interface LoggedStateMachineArgs {
  stateMachineName: string;
  definition: pulumi.Input<string>;
  roleArn: pulumi.Input<string>;
  logs: LogsConfig;
  kmsKeyArn: string | undefined;
  dependsOn: pulumi.Resource[];
}

/** A state machine whose executions are logged and traced; its role needs {@link stepFunctionsStatements}. */
export function createLoggedStateMachine(
  parent: pulumi.Resource,
  name: string,
  args: LoggedStateMachineArgs,
): aws.sfn.StateMachine {
  const logs = new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    {
      name: logGroups.ofStateMachine(args.stateMachineName),
      retentionInDays: args.logs.retentionDays,
      kmsKeyId: args.kmsKeyArn,
    },
    { parent },
  );
  return new aws.sfn.StateMachine(
    name,
    {
      name: args.stateMachineName,
      type: "STANDARD",
      roleArn: args.roleArn,
      definition: args.definition,
      loggingConfiguration: {
        level: "ALL",
        includeExecutionData: true,
        logDestination: pulumi.interpolate`${logs.arn}:*`,
      },
      tracingConfiguration: { enabled: true },
    },
    { parent, dependsOn: args.dependsOn },
  );
}

/** What Step Functions needs to write an execution's log and traces. */
export function stepFunctionsStatements(): Statement[] {
  return [
    allow(
      [
        "logs:CreateLogDelivery",
        "logs:GetLogDelivery",
        "logs:UpdateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:DescribeResourcePolicies",
        "logs:DescribeLogGroups",
      ],
      ["*"], // deliveries of vended logs are the account's: these actions know no resources
    ),
    allow(
      [
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
      ],
      ["*"], // X-Ray knows no resources
    ),
  ];
}
