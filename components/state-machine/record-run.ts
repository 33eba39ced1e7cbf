import { recordFailed } from "../record-failed.ts";
import { expression } from "./jsonata.ts";
import { lambdaTransient } from "./retry.ts";
import type { States } from "./state.ts";

export interface RecordRunArgs {
  partition: string;
  functionArn: string;
}

/**
 * The end of every run, good or bad: one report, one event, and then the execution's own end.
 *
 * A run that could not be recorded fails, and says what it was about to say.
 */
export function recordRun(args: RecordRunArgs): States {
  const recorded = [
    "run",
    "etl",
    "training",
    "gate",
    "schema",
    "endpoint",
    "newer",
    "versions",
    "stages",
    "failure",
  ];
  return {
    "Record Run": {
      Type: "Task",
      Resource: `arn:${args.partition}:states:::lambda:invoke`,
      Arguments: {
        FunctionName: args.functionArn,
        Payload: {
          execution: {
            arn: expression("$states.context.Execution.Id"),
            startedAt: expression("$states.context.Execution.StartTime"),
          },
          ...Object.fromEntries(recorded.map((name) => [name, expression(`$${name}`)])),
        },
      },
      TimeoutSeconds: 90,
      Retry: [lambdaTransient],
      Catch: [{ ErrorEquals: ["States.ALL"], Output: expression(unrecorded), Next: "Fail Run" }],
      Output: expression("$states.result.Payload"),
      Next: "Has Run Succeeded?",
    },
    "Has Run Succeeded?": {
      Type: "Choice",
      Choices: [
        { Condition: expression("$states.input.status = 'Succeeded'"), Next: "Succeed Run" },
      ],
      Default: "Fail Run",
    },
    "Succeed Run": { Type: "Succeed" },
    "Fail Run": {
      Type: "Fail",
      Error: expression("$states.input.error.name"),
      Cause: expression("$states.input.error.cause"),
    },
  };
}

const unrecorded =
  `{'error': {'name': '${recordFailed}', 'cause': 'the report of run ' & $title & ' could not be written: ' & ` +
  "$states.errorOutput.Error & ($exists($states.errorOutput.Cause) ? ': ' & $states.errorOutput.Cause : '') & " +
  "($exists($failure.name) ? '. The run itself had failed: ' & $failure.name : '. The run itself had succeeded')}}";
