import { AwsError } from "../cloud/aws-error.ts";

/** What the List operations have in common, on the wire. */
export interface ListRequest {
  NameContains?: string;
  CreationTimeAfter?: number;
  CreationTimeBefore?: number;
  LastModifiedTimeAfter?: number;
  LastModifiedTimeBefore?: number;
  StatusEquals?: string;
  SortBy?: "Name" | "CreationTime" | "Status";
  SortOrder?: "Ascending" | "Descending";
  MaxResults?: number;
  NextToken?: string;
}

export interface Listed {
  name: string;
  created: number;
  modified?: number | undefined;
  status?: string | undefined;
}

export interface ListPage<T> {
  items: T[];
  NextToken?: string;
}

const DEFAULT_MAX_RESULTS = 10;

/** Filters, sorts and pages records as SageMaker's List operations do. */
export function listPage<T>(
  records: T[],
  request: ListRequest,
  facts: (record: T) => Listed,
  defaultOrder: "Ascending" | "Descending",
): ListPage<T> {
  const sorted = records
    .map((record) => ({ record, ...facts(record) }))
    .filter((item) => matches(item, request))
    .sort((a, b) => compare(a, b, request.SortBy ?? "CreationTime"));
  if ((request.SortOrder ?? defaultOrder) === "Descending") sorted.reverse();
  const start = request.NextToken === undefined ? 0 : offsetIn(request.NextToken);
  const end = start + (request.MaxResults ?? DEFAULT_MAX_RESULTS);
  return {
    items: sorted.slice(start, end).map((item) => item.record),
    ...(end < sorted.length ? { NextToken: tokenFor(end) } : {}),
  };
}

function matches(item: Listed, request: ListRequest): boolean {
  const part = request.NameContains?.toLowerCase();
  const modified = item.modified ?? item.created;
  return (
    (part === undefined || item.name.toLowerCase().includes(part)) &&
    (request.StatusEquals === undefined || item.status === request.StatusEquals) &&
    item.created > (request.CreationTimeAfter ?? Number.NEGATIVE_INFINITY) &&
    item.created < (request.CreationTimeBefore ?? Number.POSITIVE_INFINITY) &&
    modified > (request.LastModifiedTimeAfter ?? Number.NEGATIVE_INFINITY) &&
    modified < (request.LastModifiedTimeBefore ?? Number.POSITIVE_INFINITY)
  );
}

function compare(a: Listed, b: Listed, by: "Name" | "CreationTime" | "Status"): number {
  if (by === "CreationTime" && a.created !== b.created) return a.created - b.created;
  if (by === "Status" && a.status !== b.status) return (a.status ?? "") < (b.status ?? "") ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

function tokenFor(offset: number): string {
  return Buffer.from(`offset ${offset}`).toString("base64url");
}

function offsetIn(token: string): number {
  const match = /^offset (\d+)$/.exec(Buffer.from(token, "base64url").toString());
  if (!match) throw new AwsError("ValidationException", "The NextToken is not valid.");
  return Number(match[1]);
}
