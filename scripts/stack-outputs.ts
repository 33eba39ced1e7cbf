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

/**
 * Outputs of one pipeline of a deployed stack, read through the Pulumi CLI.
 *
 * @throws an Error that says what is missing: the CLI, the stack, or the pipeline in it
 */
export async function readPipelineOutputs(
  stack: string,
  pipeline: string,
): Promise<PipelineOutputs> {
  const pipelines = await readStackOutputs(stack);
  const outputs = pipelines[pipeline];
  if (outputs === undefined) {
    throw new Error(
      `stack ${stack} has no pipeline ${pipeline}: it has ${Object.keys(pipelines).join(", ")}`,
    );
  }
  return outputs;
}

/**
 * Outputs of all pipelines of a deployed stack, by name.
 *
 * @throws an Error that says what is missing: the CLI or the stack
 */
export async function readStackOutputs(stack: string): Promise<Record<string, PipelineOutputs>> {
  const args = ["stack", "output", "pipelines", "--json", "--stack", stack];
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
  return JSON.parse(answer.stdout) as Record<string, PipelineOutputs>;
}
