/** What users may rely on, each shown by at least one experiment. docs/reliability.md is written from these. */
export const promises = {
  "no-upload-lost":
    "Every upload below `input/` comes to a run, or to a record or a dead letter that says why it did not.",
  "one-run-per-upload":
    "An upload starts one run, however often and in whatever order its event is delivered.",
  "newest-input-wins":
    "Of runs at the same time the newest input's model serves in the end; none is lost.",
  "endpoint-keeps-answering":
    "A run that fails, at whatever step, leaves the endpoint serving what it served, and no request fails meanwhile.",
  "failures-are-named":
    "A run that fails ends with a named error, a report, and an event that says so; passing errors of AWS are outlasted.",
  "nothing-left-behind":
    "No ended run leaves a job, a model, an endpoint config or a process that nobody needs.",
  "failed-starts-can-be-repeated":
    "What could not be started waits in the dead-letter queue, and starts when it is sent again.",
  "aborted-runs-are-cleaned-up":
    "A run that is aborted or times out is recorded and told like any other, and none of its jobs goes on.",
  "crashes-are-survived":
    "Whichever process is killed at whichever step: after the next start each run is finished, or failed with a reason.",
  "finished-work-survives":
    "Objects, models, endpoints and records of runs that ended outlive any crash.",
  "least-privilege":
    "Every call is made as a role, and denied unless that role's policies, as deployed, allow it.",
  "malformed-input-is-refused":
    "Whatever is uploaded, configured or sent to be scored is handled or refused with an error that says what is wrong.",
  "scored-rows-have-all-columns":
    "No row is scored that lacks a column of the data that the model learned from.",
  "load-is-bounded":
    "Memory and processes stay within bounds that are stated, whatever number or size of uploads comes.",
  "runs-stay-alike":
    "The hundredth run takes what the first took: time, memory, processes, disk, versions.",
  "secrets-stay-secret":
    "No secret and no credential of the user's is in state, objects, logs, reports or the arguments of a process.",
  "reached-from-here-only":
    "The local cloud answers this machine alone, and no page of a web browser's.",
  "packages-are-pinned":
    "What is installed is what was locked, by hash, and comes under licences that are listed.",
} as const;

export type PromiseId = keyof typeof promises;
