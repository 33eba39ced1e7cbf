import { distance } from "fastest-levenshtein";

const shortestPart = 5;

/** The known name that `name` is most likely a slip or a part of, or `undefined` where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const plain = plainOf(name);
  const [best] = known
    .map((candidate) => ({ candidate, slips: distance(plain, plainOf(candidate)) }))
    .filter(({ candidate, slips }) => slips <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.slips - b.slips);
  return best?.candidate ?? wholeName(plain, known);
}

/** The only one that `part` is a part of: `deepar` of `forecasting-deepar`. */
function wholeName(part: string, known: readonly string[]): string | undefined {
  if (part.length < shortestPart) return undefined;
  const [whole, ...others] = known.filter((candidate) => plainOf(candidate).includes(part));
  return others.length === 0 ? whole : undefined;
}

// `max-depth`, `maxDepth` and `max_depth` are one name to a person.
function plainOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9:]/g, "");
}
