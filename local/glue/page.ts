import { invalidInput } from "./errors.ts";

/** Glue's own default. */
const defaultPageSize = 200;

/** One page of a list, and the token of the next one. */
export function pageOf<T>(
  all: readonly T[],
  request: { MaxResults?: number | undefined; NextToken?: string | undefined },
): { items: T[]; nextToken: string | undefined } {
  const start = request.NextToken === undefined ? 0 : offsetIn(request.NextToken);
  const end = start + (request.MaxResults ?? defaultPageSize);
  return {
    items: all.slice(start, end),
    nextToken: end < all.length ? Buffer.from(`from ${end}`).toString("base64") : undefined,
  };
}

function offsetIn(token: string): number {
  const offset = /^from (\d+)$/.exec(Buffer.from(token, "base64").toString())?.[1];
  if (offset === undefined) throw invalidInput(`NextToken ${token} is not one that Glue gave.`);
  return Number(offset);
}
