import type { Permission } from "./permission.ts";

/** Where a permission is seen to be needed. */
export interface Seen<PathName extends string> {
  path: PathName;
  /** Why a run ends well without it all the same. @default it does not: the path fails */
  endured?: string;
}

/** Why nothing in the local cloud asks for a permission that AWS asks for. */
export interface Unseen {
  unseen: string;
}

export type Use<PathName extends string = string> = Seen<PathName> | Unseen;

/** Of a role: by action, or by action and a part of the resource's ARN, which goes first. */
export type Uses<PathName extends string = string> = Readonly<Record<string, Use<PathName>>>;

export const traces = { unseen: "traces: X-Ray is not modelled" };
export const metrics = { unseen: "metrics that AWS publishes in the role's name: not modelled" };
export const documentedForSync = {
  unseen:
    "in the policy that AWS documents for this .sync integration; the local one does not call it",
};
export const spark = {
  unseen:
    "Spark on AWS writes below _temporary/, reads, moves and deletes its own; here files are uploaded at the end",
};
export const parts = {
  unseen: "gives up the parts of an upload that failed half-way: nothing here does",
};
export const streams = {
  unseen:
    "in the execution role that AWS documents for SageMaker, whose agent looks for its stream; here it is created at once",
};
export const groupForm = {
  unseen:
    "AWS names a log group with and without :* in different calls; the local cloud names it in one way",
};
export const unlogged = "a job, an endpoint or a function goes on without its log";
/** What every function may do for itself; its log is missed on `path`. */
export const ownOfFunction = <PathName extends string>(
  path: PathName,
): Record<string, Use<PathName>> => ({
  "logs:CreateLogStream": { path, endured: unlogged },
  "logs:PutLogEvents": { path, endured: unlogged },
  "xray:PutTraceSegments": traces,
  "xray:PutTelemetryRecords": traces,
});

/** Pulling an image. */
export const imageOn = <PathName extends string>(
  path: PathName,
): Record<string, Use<PathName>> => ({
  "ecr:GetAuthorizationToken": { path },
  "ecr:BatchCheckLayerAvailability": { path },
  "ecr:GetDownloadUrlForLayer": { path },
  "ecr:BatchGetImage": { path },
});

/**
 * Where a permission is seen to be needed, or why it cannot be.
 * @throws Error for one that nobody has said it of: then it is to be taken out of the program, or put into the table
 */
export function useIn<PathName extends string>(
  uses: Readonly<Record<string, Uses<PathName>>>,
  { role, action, resource }: Permission,
): Use<PathName> {
  const ofRole = uses[role] ?? {};
  const special = Object.entries(ofRole).find(([key]) => {
    const [name, part] = key.split(" ");
    return name === action && part !== undefined && resource.includes(part);
  });
  const use = special?.[1] ?? ofRole[action];
  if (use === undefined)
    throw new Error(`nobody says where ${role} needs ${action} on ${resource}`);
  return use;
}
