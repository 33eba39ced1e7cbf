import type { CreateJobRequest, JobUpdate } from "@aws-sdk/client-glue";
import { invalidInput, notSupported } from "./errors.ts";
import type { JobRecord } from "./glue.ts";
import { mergeArguments } from "./job-arguments.ts";
import { parseS3Uri } from "./s3-uri.ts";

/** Members of a job's definition that runs are made by, or that GetJob shows and a laptop need not act on. */
const kept = new Set([
  "Command",
  "DefaultArguments",
  "Description",
  "ExecutionClass",
  "ExecutionProperty",
  "GlueVersion",
  "JobMode",
  "JobRunQueuingEnabled",
  "LogUri",
  "MaintenanceWindow",
  "MaxCapacity",
  "MaxRetries",
  "NonOverridableArguments",
  "NotificationProperty",
  "NumberOfWorkers",
  "Role",
  "SecurityConfiguration",
  "Timeout",
  "WorkerType",
]);

/** DPUs of one worker; M-DPUs, of twice the memory, for the R types. */
const capacityOf: Readonly<Record<string, number>> = {
  "G.025X": 0.25,
  "G.1X": 1,
  "G.2X": 2,
  "G.4X": 4,
  "G.8X": 8,
  "G.12X": 12,
  "G.16X": 16,
  "R.1X": 1,
  "R.2X": 2,
  "R.4X": 4,
  "R.8X": 8,
  Standard: 1,
  "Z.2X": 2,
};

/** Minutes, of a Glue 5.0 job that says nothing. */
const defaultTimeoutMinutes = 480;
const defaultCapacity = 10;

/**
 * The definition as GetJob shows it, defaults filled in.
 * @throws AwsError for what AWS refuses, and by name for what the local cloud does not do
 */
export function completeDefinition(
  definition: Omit<CreateJobRequest, "Name" | "Tags"> | JobUpdate,
): JobRecord {
  for (const [name, value] of Object.entries(definition)) {
    if (!kept.has(name) && !isEmpty(value)) throw notSupported(name);
  }
  const command = checkCommand(definition.Command);
  if (definition.GlueVersion !== "5.0") {
    throw notSupported(`GlueVersion ${definition.GlueVersion ?? "(none)"}`, 'set it to "5.0"');
  }
  if ((definition.MaxRetries ?? 0) > 0) {
    throw notSupported("MaxRetries above 0", "retry in the state machine");
  }
  if (definition.JobRunQueuingEnabled) throw notSupported("JobRunQueuingEnabled");
  if (definition.JobMode !== undefined && definition.JobMode !== "SCRIPT") {
    throw notSupported(`JobMode ${definition.JobMode}`);
  }
  mergeArguments(definition.DefaultArguments, {}, definition.NonOverridableArguments);
  const capacity = capacityFor(definition);
  return {
    ...(definition as JobRecord),
    JobMode: "SCRIPT",
    Command: command,
    MaxRetries: 0,
    Timeout: definition.Timeout ?? defaultTimeoutMinutes,
    ExecutionProperty: { MaxConcurrentRuns: definition.ExecutionProperty?.MaxConcurrentRuns ?? 1 },
    MaxCapacity: capacity,
    AllocatedCapacity: Math.ceil(capacity),
  };
}

/** DPUs that a job or a run asks for. */
export function capacityFor(request: {
  WorkerType?: string | undefined;
  NumberOfWorkers?: number | undefined;
  MaxCapacity?: number | undefined;
}): number {
  const { WorkerType: type, NumberOfWorkers: workers, MaxCapacity: capacity } = request;
  if (type === undefined && workers === undefined) return capacity ?? defaultCapacity;
  if (type === undefined || workers === undefined) {
    throw invalidInput("WorkerType and NumberOfWorkers must be set together.");
  }
  if (capacity !== undefined) {
    throw invalidInput(
      "Please do not set Max Capacity if using Worker Type and Number of Workers.",
    );
  }
  const each = capacityOf[type];
  if (each === undefined) throw invalidInput(`Worker type ${type} is unknown.`);
  return each * workers;
}

function checkCommand(command: CreateJobRequest["Command"]) {
  if (command === undefined) throw invalidInput("Command must not be null.");
  const {
    Name: name,
    PythonVersion: python = "3",
    ScriptLocation: script,
    Runtime: runtime,
  } = command;
  if (name !== "glueetl") throw notSupported(`Command ${name}`, 'set its Name to "glueetl"');
  if (python !== "3") throw notSupported(`PythonVersion ${python}`, 'set it to "3"');
  if (runtime !== undefined) throw notSupported("Command.Runtime");
  const location = script === undefined ? undefined : parseS3Uri(script);
  if (!location?.key) {
    throw invalidInput(`ScriptLocation ${script ?? "(none)"} is not the s3:// URI of an object.`);
  }
  return { Name: name, PythonVersion: python, ScriptLocation: script as string };
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}
