import type { ComparisonRules } from "../../../handlers/compare-candidates/logic.ts";
import { recordFailed } from "../../record-failed.ts";
import { type AwaitEndpointArgs, awaitEndpoint } from "../await-endpoint.ts";
import { type CreateVersionArgs, createVersion } from "../create-version.ts";
import { type DeployEndpointArgs, deployEndpoint } from "../deploy-endpoint.ts";
import { discardVersion } from "../discard-version.ts";
import { expression } from "../jsonata.ts";
import { pruneVersions } from "../prune-versions.ts";
import { lambdaTransient, longLambdaTransient } from "../retry.ts";
import type { States } from "../state.ts";
import { catchAll, task } from "../task.ts";
import { type WriteSchemaArgs, writeSchema } from "../write-schema.ts";
import { trainOf } from "./candidate.ts";
import type { Branch } from "./comparison-definition.ts";

type Block<Args> = Omit<Args, "next" | "onFailure" | "onSuperseded" | "partition">;

export interface ConcludeArgs {
  rules: ComparisonRules;
  compareFunctionArn: string;
  recordFunctionArn: string;
  /** How the winner goes to production; `undefined` where it does not. */
  promotion:
    | {
        schema: Pick<WriteSchemaArgs, "functionArn">;
        version: Omit<Block<CreateVersionArgs>, "image">;
        endpoint: Block<DeployEndpointArgs> & Block<AwaitEndpointArgs>;
        pruneFunctionArn: string;
      }
    | undefined;
  maxSeconds: number;
}

const record = "Record Comparison";

/** Scores, the winner, its promotion, and the record: whatever came before. Its output is how the comparison ended. */
export function conclude(partition: string, args: ConcludeArgs): Branch {
  return {
    StartAt: "Start Conclusion",
    States: {
      "Start Conclusion": {
        Type: "Pass",
        Assign: {
          title: expression("$run.title"),
          failure: expression("$data.failure"),
          stages: [],
          compared: null,
          winner: null,
          training: null,
          schema: null,
          endpoint: null,
          newer: null,
          versions: null,
          deploys: 0,
          looks: 0,
          deadline: 0,
          changedAt: expression("$now()"),
        },
        Next: "Is There Anything To Compare?",
      },
      "Is There Anything To Compare?": {
        Type: "Choice",
        Choices: [{ Condition: expression("$exists($failure.name)"), Next: record }],
        Default: "Compare Candidates",
      },
      ...compare(partition, args),
      ...(args.promotion ? promote(partition, args.promotion) : {}),
      ...recordComparison(partition, args),
    },
  };
}

function compare(partition: string, args: ConcludeArgs): States {
  return {
    "Compare Candidates": task({
      integration: "lambda:invoke",
      partition,
      arguments: {
        FunctionName: args.compareFunctionArn,
        Payload: {
          title: expression("$title"),
          rules: args.rules,
          candidates: expression("$results"),
        },
      },
      timeoutSeconds: 930,
      retry: [longLambdaTransient],
      assign: { compared: expression("$states.result.Payload") },
      catch: [catchAll("ComparisonFailed", record)],
      next: "Is There A Winner?",
    }),
    "Is There A Winner?": {
      Type: "Choice",
      Choices: [
        {
          Condition: expression("$compared.outcome = 'too few results'"),
          Assign: { failure: { name: "TooFewResults", cause: expression("$compared.reason") } },
          Next: record,
        },
        ...(args.promotion
          ? [
              {
                Condition: expression("$compared.promote"),
                Assign: {
                  winner: expression("$results[number = $compared.winner]"),
                  training: expression("$results[number = $compared.winner].training"),
                },
                Next: inProduction("Write Schema"),
              },
            ]
          : []),
      ],
      Default: record,
    },
  };
}

/** As a pipeline deploys: only the image is the winner's. */
function promote(partition: string, args: NonNullable<ConcludeArgs["promotion"]>): States {
  const discard = "Discard Version";
  const to = (next: string) => ({ partition, next, onFailure: discard });
  const versions = { partition, functionArn: args.pruneFunctionArn, next: record };
  return renamed({
    ...writeSchema({
      partition,
      next: "Create Model",
      onFailure: record,
      ...args.schema,
      algorithm: expression("$winner.algorithm"),
      contentType: expression("$winner.contentType"),
      train: trainOf("$winner"),
    }),
    ...createVersion({
      ...to("Resolve Endpoint"),
      ...args.version,
      image: expression("$winner.image"),
    }),
    ...deployEndpoint({
      ...to("Describe Endpoint"),
      ...args.endpoint,
      onSuperseded: discard,
    }),
    ...awaitEndpoint({ ...to("Prune Versions"), ...args.endpoint }),
    ...pruneVersions(versions),
    ...discardVersion({ ...versions, runPrefix: args.version.runPrefix }),
  });
}

/** States of a machine need names of their own, in whatever scope they are: candidates have a Create Model too. */
function inProduction(name: string): string {
  return `${name} In Production`;
}

/** The states under other names, and what leads to them or speaks of them; other states' names stay. */
function renamed(states: States): States {
  let text = JSON.stringify(states);
  for (const name of Object.keys(states)) {
    text = text
      .replaceAll(`"${name}"`, `"${inProduction(name)}"`)
      .replaceAll(`'${name}'`, `'${inProduction(name)}'`); // in expressions
  }
  return JSON.parse(text) as States;
}

function recordComparison(partition: string, args: ConcludeArgs): States {
  const recorded = [
    "run",
    "data",
    "results",
    "compared",
    "winner",
    "endpoint",
    "newer",
    "versions",
    "stages",
    "failure",
  ];
  return {
    [record]: {
      Type: "Task",
      Resource: `arn:${partition}:states:::lambda:invoke`,
      Arguments: {
        FunctionName: args.recordFunctionArn,
        Payload: {
          rules: args.rules,
          execution: {
            arn: expression("$states.context.Execution.Id"),
            startedAt: expression("$states.context.Execution.StartTime"),
          },
          ...Object.fromEntries(recorded.map((name) => [name, expression(`$${name}`)])),
        },
      },
      TimeoutSeconds: 330,
      Retry: [lambdaTransient],
      Catch: [
        {
          ErrorEquals: ["States.ALL"],
          Output: expression(unrecorded),
          Next: "Comparison Recorded",
        },
      ],
      Output: expression("$states.result.Payload"),
      Next: "Comparison Recorded",
    },
    "Comparison Recorded": { Type: "Pass", End: true },
  };
}

const unrecorded =
  `{'status': 'Failed', 'error': {'name': '${recordFailed}', 'cause': 'the report of comparison ' & $title & ' could not be written: ' & ` +
  "$states.errorOutput.Error & ($exists($states.errorOutput.Cause) ? ': ' & $states.errorOutput.Cause : '')}}";
