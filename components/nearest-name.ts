import { distance } from "fastest-levenshtein";

/** The known name that `name` is most likely a slip of, or `undefined` where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const plain = plainOf(name);
  const [best] = known
    .map((candidate) => ({ candidate, slips: distance(plain, plainOf(candidate)) }))
    .filter(({ candidate, slips }) => slips <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.slips - b.slips);
  return best?.candidate;
}

// `max-depth`, `maxDepth` and `max_depth` are one name to a person.
function plainOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9:]/g, "");
}
