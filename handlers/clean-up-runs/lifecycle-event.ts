/** What the pipeline's Invocation says, kept by Pulumi from one change of the stack to the next. */
export interface CleanUpInput {
  endpointName: string;
  /** Whether the endpoint goes when it is renamed in config or when the pipeline is destroyed. */
  onRenameOrDestroy: "delete" | "keep";
}

/** As an Invocation with lifecycleScope CRUD sends it. */
export interface LifecycleEvent extends Partial<CleanUpInput> {
  tf: { action: "create" | "update" | "delete"; prev_input: CleanUpInput | null };
}

/** What is to be done. */
export type CleanUp =
  | { task: "nothing" }
  | ({ task: "leave endpoint" | "remove runs" } & CleanUpInput);

/**
 * What a change of the stack asks for: leaving the old endpoint when it was renamed, as the new config says, and removing
 * everything when the pipeline goes.
 */
export function cleanUpFor({ tf, ...input }: LifecycleEvent): CleanUp {
  const { action, prev_input: previous } = tf;
  switch (action) {
    case "create":
      return { task: "nothing" };
    case "update": {
      const { onRenameOrDestroy } = complete(input);
      if (previous === null || previous.endpointName === input.endpointName)
        return { task: "nothing" };
      return { task: "leave endpoint", endpointName: previous.endpointName, onRenameOrDestroy };
    }
    case "delete":
      return { task: "remove runs", ...complete({ ...input, ...previous }) };
    default:
      throw new MalformedInput(`no action is called ${action satisfies never}`);
  }
}

/** Nothing is removed for an event that says too little: it may have been sent by hand. */
export class MalformedInput extends Error {
  override readonly name = "MalformedInput";
}

function complete({ endpointName, onRenameOrDestroy }: Partial<CleanUpInput>): CleanUpInput {
  if (endpointName === undefined || onRenameOrDestroy === undefined) {
    throw new MalformedInput("endpointName and onRenameOrDestroy are needed");
  }
  return { endpointName, onRenameOrDestroy };
}
