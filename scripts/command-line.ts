import { type ParseArgsConfig, parseArgs } from "node:util";
import { readPipelineOutputs } from "./stack-outputs.ts";

/** Options of a command, all of them text; positional arguments beside them. */
export interface CommandLine {
  options: Record<string, string | undefined>;
  positionals: string[];
  /** Those of the command's flags that were given. */
  flags: ReadonlySet<string>;
}

/** Runs a command: its error becomes one line on standard error and exit code 1, without a stack trace. */
export async function runCommand(
  usage: string,
  names: string[],
  main: (line: CommandLine) => Promise<void>,
  flagNames: string[] = [],
) {
  try {
    const { values, positionals } = parsed({
      options: {
        ...Object.fromEntries(names.map((name) => [name, { type: "string" as const }])),
        ...Object.fromEntries(
          [...flagNames, "help"].map((name) => [name, { type: "boolean" as const }]),
        ),
      },
      allowPositionals: true,
    });
    const given: Record<string, unknown> = values;
    if (given["help"]) return console.log(usage);
    const options = Object.fromEntries(names.map((name) => [name, given[name]])) as Record<
      string,
      string | undefined
    >;
    await main({ options, positionals, flags: new Set(flagNames.filter((name) => given[name])) });
  } catch (error) {
    console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : describe(error));
    process.exitCode = 1;
  }
}

/** @throws UsageError for what is no option of the command */
function parsed(config: ParseArgsConfig) {
  try {
    return parseArgs(config);
  } catch (error) {
    const [problem = ""] = (error as Error).message.split(". "); // a hint for programmers follows
    throw new UsageError(problem);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // The SDK's errors are named after AWS's codes: the name says more than the message.
  return error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
}

/** The command was called wrongly: its usage is shown with the message. */
export class UsageError extends Error {}

/**
 * A physical name that is given as an option or, with `--stack` and `--pipeline`, read from the stack's outputs.
 */
export async function resolveName(
  options: CommandLine["options"],
  option: string,
  output: "bucket" | "stateMachineArn" | "endpointName",
): Promise<string> {
  const given = options[option];
  if (given !== undefined) return given;
  const { stack, pipeline } = options;
  if (stack === undefined || pipeline === undefined) {
    throw new UsageError(`--${option} is missing: give it, or --stack and --pipeline`);
  }
  return (await readPipelineOutputs(stack, pipeline))[output];
}
