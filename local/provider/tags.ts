import { map, text } from "./properties/index.ts";

export type Tags = Readonly<Record<string, string>>;

type TagList = readonly { Key?: string | undefined; Value?: string | undefined }[];

/** The input `tags`, which most types have. */
export const tags = map(text());

/** As most APIs take tags. */
export function tagList(of: Tags | undefined): { Key: string; Value: string }[] {
  return Object.entries(of ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

/** As read back: properties of a resource. An empty set is no tags, as the real provider gives it. */
export function tagProperties(of: Tags | TagList | undefined) {
  const found = isTagList(of) ? byKey(of) : (of ?? {});
  return Object.keys(found).length === 0
    ? { tags: undefined, tagsAll: {} }
    : { tags: found, tagsAll: found };
}

function byKey(list: TagList): Tags {
  return Object.fromEntries(list.map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

function isTagList(value: Tags | TagList | undefined): value is TagList {
  return Array.isArray(value);
}

/**
 * Makes the tags of a resource what they should be, in the fewest calls.
 *
 * `add` and `remove` are the service's own calls; neither is made for nothing.
 */
export async function changeTags(
  before: Tags | undefined,
  after: Tags | undefined,
  add: (added: Tags) => Promise<unknown>,
  remove: (keys: string[]) => Promise<unknown>,
): Promise<void> {
  const gone = Object.keys(before ?? {}).filter((key) => after?.[key] === undefined);
  const added = Object.entries(after ?? {}).filter(([key, value]) => before?.[key] !== value);
  if (gone.length > 0) await remove(gone);
  if (added.length > 0) await add(Object.fromEntries(added));
}
