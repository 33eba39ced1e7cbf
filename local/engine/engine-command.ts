import { resolve } from "node:path";

/** What has to be in place for a command of the CLI. */
export interface EngineCommand {
  /** Arguments with absolute paths: the CLI runs in another folder than the user. */
  args: string[];
  /** The stack that the arguments name. */
  stack: string | undefined;
  /** Whether the command is about a stack that has to be there. */
  needsStack: boolean;
  /** Whether the command reads or changes resources. */
  needsCloud: boolean;
  /** Whether the command evaluates the program for its resources. */
  runsProgram: boolean;
}

const onResources = new Set(
  "up update preview pre destroy down dn refresh import watch".split(" "),
);
const onProgram = new Set("up update preview pre watch".split(" "));
const onStack = new Set("config cfg state cancel logs stack".split(" "));

/** Subcommands of `pulumi stack` that make, choose, list or remove stacks themselves. */
const onStacks = new Set("init select ls rm".split(" "));

const pathOptions = new Set(
  "--policy-pack --policy-pack-config --plan --save-plan --file --config-file --out".split(" "),
);

/** @param cwd where the user is */
export function readCommand(args: readonly string[], cwd: string): EngineCommand {
  const words = args.filter((arg) => !arg.startsWith("-"));
  const [command = "", subcommand = ""] = words;
  const helps = args.includes("--help") || args.includes("-h");
  const needsCloud = onResources.has(command) && !helps;
  const manages = command === "stack" && onStacks.has(subcommand);
  return {
    args: absolutePaths(args, cwd),
    stack: optionOf(args, ["-s", "--stack"]),
    needsStack: needsCloud || (onStack.has(command) && !manages && !helps),
    needsCloud,
    runsProgram: onProgram.has(command) && !helps,
  };
}

function absolutePaths(args: readonly string[], cwd: string): string[] {
  return args.map((arg, index) => {
    const [name = "", value] = split(arg);
    if (value !== undefined && pathOptions.has(name)) return `${name}=${resolve(cwd, value)}`;
    return pathOptions.has(args[index - 1] ?? "") ? resolve(cwd, arg) : arg;
  });
}

function optionOf(args: readonly string[], names: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    const [name = "", value] = split(arg);
    if (names.includes(name)) return value ?? args[index + 1];
  }
  return undefined;
}

/** `--stack=dev` in two; other arguments whole. */
function split(arg: string): [string, string | undefined] {
  const end = arg.startsWith("--") ? arg.indexOf("=") : -1;
  return end === -1 ? [arg, undefined] : [arg.slice(0, end), arg.slice(end + 1)];
}
