import { type Algorithm, prebuiltImage } from "./algorithm.ts";
import registry from "./registry-accounts.json" with { type: "json" };

/** AWS accounts that hold the images of a repository, by region. */
export const registryAccounts: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(
  registry.families.flatMap(({ repositories, accounts }) =>
    repositories.map((repository) => [repository, accounts as Record<string, string>] as const),
  ),
);

/**
 * Regions that have the image of this version, in alphabetical order; none where the catalogue knows no registry.
 * @throws RangeError where the algorithm has no such version
 */
export function regionsWith(algorithm: Algorithm, version: string): readonly string[] {
  const { repositoryName } = prebuiltImage(algorithm, version);
  return Object.keys(registryAccounts.get(repositoryName) ?? {}).sort();
}
