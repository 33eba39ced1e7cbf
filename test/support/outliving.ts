import type { Recording } from "./mocks.ts";

/** Names of all that must be there for `name`, and is deleted after it. */
export function outliving({ find }: Recording, name: string): string[] {
  const outlives = new Set(find(name).dependencies);
  for (const each of outlives) for (const more of find(each).dependencies) outlives.add(more);
  return [...outlives];
}
