import type { Algorithm } from "../components/algorithms/algorithm.ts";
import { regionsWith } from "../components/algorithms/registry.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";

/**
 * Why the stack's region has no image of the algorithm; `undefined` where it has one, or where that cannot be told: of a
 * version that the catalogue does not know, the lookup at preview tells.
 */
export function checkRegion(
  { config, catalogued, isUnchecked }: AlgorithmChoice,
  region: string,
): { rule: string; remedy: string } | undefined {
  if (config === undefined || catalogued === undefined || isUnchecked) return undefined;
  const { algorithm, version } = catalogued;
  const regions = regionsWith(algorithm, version);
  if (regions.includes(region)) return undefined;
  const newest = versionsIn(algorithm, region).at(-1);
  const other = newest === undefined ? "" : `write version: "${newest}", which is there too, or `;
  return {
    rule: `${algorithm.title} ${version} has no image in ${region}; it is in ${regions.join(", ")}`,
    remedy: `${other}deploy to one of these regions: aws:region, below config`,
  };
}

function versionsIn(algorithm: Algorithm, region: string): string[] {
  return algorithm.versions
    .map(({ name }) => name)
    .filter((version) => regionsWith(algorithm, version).includes(region));
}
