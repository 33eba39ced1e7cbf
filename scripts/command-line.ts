import { type ParseArgsConfig, parseArgs } from "node:util";
import { type Member, readMemberOutputs } from "./stack-outputs.ts";

/** Options of a command, all of them text; positional arguments beside them. */
export interface CommandLine {
  options: Record<string, string | undefined>;
  positionals: string[];
  /** Those of the command's flags that were given. */
  flags: ReadonlySet<string>;
}

/**
 * Runs a command: its error becomes one line on standard error and exit code 1, without a stack trace.
 *
 * @param names of options that take a text
 * @param more flags, and how many positional arguments there may be: none, unless told otherwise
 */
export async function runCommand(
  usage: string,
  names: string[],
  main: (line: CommandLine) => Promise<void>,
  { flags: flagNames = [], most = 0 }: { flags?: string[]; most?: number } = {},
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
    const surplus = positionals[most];
    if (surplus !== undefined) throw new UsageError(`Unexpected argument '${surplus}'`);
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
  const { code, address, port } = error as NodeJS.ErrnoException & Record<string, unknown>;
  if (code === "ECONNREFUSED") return nobodyAnswers(`${address}:${port}`);
  if (isOfFormerStart(error)) {
    return `${error.name}: the local cloud does not know this terminal's keys: they change with each start. Paste the exports of the one that runs.`;
  }
  if (isOfBareEnvironment(error)) return bareEnvironment(error);
  // The SDK's errors are named after AWS's codes: the name says more than the message.
  return error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
}

/** Whether keys are refused that a local cloud gave when it was started before. */
function isOfFormerStart({ name }: Error): boolean {
  const isLocal = /^http:\/\/127\.0\.0\.1:/.test(process.env["AWS_ENDPOINT_URL"] ?? "");
  return (
    isLocal &&
    ["UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId"].includes(name)
  );
}

/** Whether the SDK found no region, or no credentials, before it asked anybody. */
function isOfBareEnvironment({ name, message }: Error): boolean {
  return message === "Region is missing" || name === "CredentialsProviderError";
}

function bareEnvironment({ message }: Error): string {
  return [
    `${message}: this terminal's environment does not say which cloud to ask.`,
    "For the local cloud, paste the exports that npm run local prints; for AWS, set AWS_REGION, and AWS_PROFILE or keys.",
  ].join("\n");
}

function nobodyAnswers(place: string): string {
  if (process.env["AWS_ENDPOINT_URL"] === undefined) return `nothing answers at ${place}`;
  return [
    `no local cloud answers at ${place}, where AWS_ENDPOINT_URL of this terminal leads.`,
    "Start it (npm run local), and paste the exports that it prints: ports and keys change with each start, ports not with --port N.",
  ].join("\n");
}

/** The command was called wrongly: its usage is shown with the message. */
export class UsageError extends Error {}

/** Options by which a command finds what it is about in a stack's outputs. */
export const memberOptions = ["stack", "pipeline", "comparison"];

/**
 * The pipeline or comparison that options name; `undefined` where they name none.
 *
 * @throws UsageError where they name both
 */
export function memberIn({ pipeline, comparison }: CommandLine["options"]): Member | undefined {
  if (pipeline !== undefined && comparison !== undefined) {
    throw new UsageError("--pipeline and --comparison: give one of them");
  }
  if (pipeline !== undefined) return { kind: "pipeline", name: pipeline };
  return comparison === undefined ? undefined : { kind: "comparison", name: comparison };
}

/**
 * A physical name that is given as an option or, with `--stack` and `--pipeline` or `--comparison`, read from the stack's
 * outputs.
 */
export async function resolveName(
  options: CommandLine["options"],
  option: string,
  output: "bucket" | "stateMachineArn" | "endpointName",
): Promise<string> {
  const given = options[option];
  const member = memberIn(options);
  if (given !== undefined) return given;
  const { stack } = options;
  if (stack === undefined || member === undefined) {
    throw new UsageError(
      `--${option} is missing: give it, or --stack and --pipeline or --comparison`,
    );
  }
  const name = (await readMemberOutputs(stack, member))[output];
  if (name !== undefined) return name;
  throw new Error(`${member.kind} ${member.name} has no endpoint: its promotion is off`);
}
