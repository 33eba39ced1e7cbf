import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logGroups } from "./names.ts";
import type { RunContext } from "./pipeline-context.ts";
import { allow, type Statement } from "./policies.ts";
import { createServiceRole } from "./service-role.ts";

export interface LoggedStateMachineArgs {
  context: RunContext;
  /** In the Amazon States Language. */
  definition: pulumi.Input<string>;
  /** What its role may do, {@link stepFunctionsStatements} among it. */
  statements: Statement[];
  dependsOn: pulumi.Resource[];
}

/** A state machine whose executions are logged and traced, with its role. */
export function createLoggedStateMachine(
  parent: pulumi.Resource,
  name: string,
  { context, definition, statements, dependsOn }: LoggedStateMachineArgs,
): aws.sfn.StateMachine {
  const { names, config, place } = context;
  const { role, policy } = createServiceRole(parent, name, {
    roleName: names.roles.stateMachine,
    service: "states.amazonaws.com",
    accountId: place.accountId,
    statements,
  });
  const logs = new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    {
      name: logGroups.ofStateMachine(names.stateMachine),
      retentionInDays: config.logs.retentionDays,
      kmsKeyId: config.kmsKeyArn,
    },
    { parent },
  );
  return new aws.sfn.StateMachine(
    name,
    {
      name: names.stateMachine,
      type: "STANDARD",
      roleArn: role.arn,
      definition,
      loggingConfiguration: {
        level: "ALL",
        includeExecutionData: true,
        logDestination: pulumi.interpolate`${logs.arn}:*`,
      },
      tracingConfiguration: { enabled: true },
    },
    { parent, dependsOn: [policy, ...dependsOn] },
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
