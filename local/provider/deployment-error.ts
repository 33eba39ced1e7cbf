import type { Subject } from "./provider.ts";

/** A resource could not be brought to what the program wants. The message names the resource and what AWS said. */
export class DeploymentError extends Error {
  override readonly name = "DeploymentError";
  readonly resource: Subject;

  constructor(operation: string, { type, name }: Subject, reason: unknown) {
    const said = typeof reason === "string" ? reason : describeError(reason);
    super(`cannot ${operation} ${type} "${name}": ${said}`, { cause: reason });
    this.resource = { type, name };
  }
}

/** An error of the AWS SDK in one line: its code, and what AWS said. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // The name of an AWS error is its code. A refused connection has its reason in `code` and often an empty message.
  const code = (error as NodeJS.ErrnoException).code ?? error.name;
  const message = error.message === "" ? "no message" : error.message;
  return code === "Error" ? message : `${code}: ${message}`;
}
