import { expression } from "../jsonata.ts";
import { ownRun } from "../own-run.ts";
import type { State, States } from "../state.ts";
import { type ConcludeArgs, conclude } from "./conclude.ts";
import { type PrepareDataArgs, prepareData } from "./prepare-data.ts";
import { type TryCandidatesArgs, tryCandidates } from "./try-candidate.ts";

export interface ComparisonDefinitionArgs {
  partition: string;
  data: PrepareDataArgs;
  candidates: TryCandidatesArgs;
  conclusion: ConcludeArgs;
}

/** The longest that Step Functions takes: three years. */
const maxTimeoutSeconds = 99_999_999;

/**
 * One comparison: data, then every candidate, then who wins, and a record.
 *
 * Three scopes side by side, each with variables of its own: the blocks that pipelines are made of set the same ones in
 * each, and an inner scope may not set what an outer one has. What one scope learns is handed on as its output.
 */
export function comparisonDefinition(args: ComparisonDefinitionArgs) {
  const { partition } = args;
  return {
    QueryLanguage: "JSONata",
    StartAt: "Is Run Its Own?",
    TimeoutSeconds: Math.min(
      args.data.maxSeconds + args.candidates.maxSeconds + args.conclusion.maxSeconds,
      maxTimeoutSeconds,
    ),
    States: {
      ...ownRun("Start Comparison"),
      "Start Comparison": {
        Type: "Pass",
        Assign: { run: expression("$states.input"), results: [] },
        Next: "Prepare Data",
      },
      "Prepare Data": inScopeOfItsOwn(prepareData(partition, args.data), {
        Assign: { data: expression("$states.result[0]") },
        Next: "Are Data Ready?",
      }),
      "Are Data Ready?": {
        Type: "Choice",
        Choices: [{ Condition: expression("$exists($data.failure.name)"), Next: "Conclude" }],
        Default: "Try Candidates",
      },
      "Try Candidates": {
        Type: "Map",
        Items: args.candidates.items,
        MaxConcurrency: args.candidates.maxConcurrency,
        ItemProcessor: {
          ProcessorConfig: { Mode: "INLINE" },
          ...tryCandidates(partition, args.candidates),
        },
        Assign: { results: expression("[$states.result]") },
        Next: "Conclude",
      },
      Conclude: inScopeOfItsOwn(conclude(partition, args.conclusion), {
        Output: expression("$states.result[0]"),
        Next: "Has Comparison Succeeded?",
      }),
      "Has Comparison Succeeded?": {
        Type: "Choice",
        Choices: [
          {
            Condition: expression("$count($results[leftOver != null]) > 0"),
            Next: "Fail With Candidates Left",
          },
          {
            Condition: expression("$states.input.status = 'Succeeded'"),
            Next: "Succeed Comparison",
          },
        ],
        Default: "Fail Comparison",
      },
      "Succeed Comparison": { Type: "Succeed" },
      // whatever the comparison found: its end as a failure has them removed
      "Fail With Candidates Left": {
        Type: "Fail",
        Error: "CandidatesLeft",
        Cause: expression(
          "'could not remove ' & $join([$results[leftOver != null].(key & ': ' & leftOver.Error)], ', ')",
        ),
      },
      "Fail Comparison": {
        Type: "Fail",
        Error: expression("$states.input.error.name"),
        Cause: expression("$states.input.error.cause"),
      },
    } satisfies States,
  };
}

/** States of a scope, as a Parallel with one branch; its result is an array of one output. */
export interface Branch {
  StartAt: string;
  States: States;
}

function inScopeOfItsOwn(branch: Branch, more: Record<string, unknown>): State {
  return { Type: "Parallel", Branches: [branch], ...more };
}
