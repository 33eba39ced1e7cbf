import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What the program exports for each pipeline. */
export interface PipelineOutputs {
  bucket: string;
  uploadCommand: string;
  stateMachineArn: string;
  endpointName: string;
}

/** What the program exports for each comparison. */
export interface ComparisonOutputs {
  bucket: string;
  uploadCommand: string;
  stateMachineArn: string;
  /** Where promotion is on. */
  endpointName?: string;
}

/** What the program exports, by name. */
export interface StackOutputs {
  pipelines: Record<string, PipelineOutputs>;
  comparisons: Record<string, ComparisonOutputs>;
}

/** A pipeline or a comparison of a stack, as options of a command name it. */
export interface Member {
  kind: "pipeline" | "comparison";
  name: string;
}

/**
 * Outputs of one pipeline or comparison of a deployed stack, read through the Pulumi CLI.
 *
 * @throws an Error that says what is missing: the CLI, the stack, or the member in it
 */
export async function readMemberOutputs(
  stack: string,
  { kind, name }: Member,
): Promise<ComparisonOutputs> {
  return memberOf(await readStackOutputs(stack), stack, { kind, name });
}

/** @throws an Error that says which there are, and where the name is */
export function memberOf(all: StackOutputs, stack: string, { kind, name }: Member) {
  const members: Record<string, ComparisonOutputs> = all[`${kind}s`];
  const outputs = members[name];
  if (outputs !== undefined) return outputs;
  const other = kind === "pipeline" ? "comparison" : "pipeline";
  const hint = name in all[`${other}s`] ? `: it is a ${other}, write --${other} ${name}` : "";
  const there = Object.keys(members).join(", ") || "none";
  throw new Error(`stack ${stack} has no ${kind} ${name}${hint || `: it has ${there}`}`);
}

/**
 * Outputs of all pipelines and comparisons of a deployed stack.
 *
 * @throws an Error that says what is missing: the CLI or the stack
 */
export async function readStackOutputs(stack: string): Promise<StackOutputs> {
  const args = ["stack", "output", "--json", "--stack", stack];
  const answer = await promisify(execFile)("pulumi", args).catch(
    (error: Error & { stderr?: string }) => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") {
        throw new Error(
          "--stack asks the Pulumi CLI, which is not on PATH: install it, or write --bucket, --state-machine or --endpoint (npm run local prints them)",
        );
      }
      throw new Error(`pulumi ${args.join(" ")} failed: ${error.stderr?.trim() || error.message}`);
    },
  );
  const { pipelines, comparisons } = JSON.parse(answer.stdout) as Partial<StackOutputs>;
  return { pipelines: pipelines ?? {}, comparisons: comparisons ?? {} };
}
