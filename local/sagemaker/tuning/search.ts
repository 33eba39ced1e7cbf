import type { Hyperparameters, ParameterSpace } from "./parameter-space.ts";
import type { RandomNumbers } from "./random-numbers.ts";

/** What a search knows. */
export interface SearchHistory {
  /** Loss of what was tried: less is better. */
  observed: readonly { values: Hyperparameters; loss: number }[];
  /** What is being tried. */
  pending: readonly Hyperparameters[];
  /** All that was begun, what failed among it. */
  tried: readonly Hyperparameters[];
}

/** Chooses what to try next; undefined when all has been tried. */
export type Search = (history: SearchHistory) => Hyperparameters | undefined;

/** So often a combination is drawn that was tried before, then the space counts as searched. */
const MAX_DRAWS = 1000;

/** Each combination of categories once. */
export function gridSearch(space: ParameterSpace): Search {
  return ({ tried }) => (tried.length < space.size ? space.combination(tried.length) : undefined);
}

/** Anything in the space that was not tried. */
export function randomSearch(space: ParameterSpace, next: RandomNumbers): Search {
  return ({ tried }) => {
    if (tried.length >= space.size) return undefined;
    const known = new Set(tried.map(keyOf));
    for (let draw = 0; draw < MAX_DRAWS; draw++) {
      const values = space.random(next);
      if (!known.has(keyOf(values))) return values;
    }
    return undefined;
  };
}

/** Equal for equal values. */
export function keyOf(values: Hyperparameters): string {
  return JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
