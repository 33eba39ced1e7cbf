import { createRandom, type Random } from "./random.ts";

export interface RatingsOptions {
  /** Different pairs of a user and an item, that is lines below the header. @default 5000 */
  ratings?: number;
  /** @default 200 */
  users?: number;
  /** @default 100 */
  items?: number;
  /** Another seed gives other people with other tastes. @default 1 */
  seed?: number;
}

/** The header that glue/ratings_etl.py expects. */
export const ratingsHeader = "user,item,rating";

/** Tastes that users have and items meet: what a model of as few dimensions can learn. */
const tastes = 3;

/** Standard deviation of what no taste explains, in stars. */
const noise = 0.4;

/**
 * A CSV of ratings from 1 to 5 stars in halves. Each follows from how the item meets the user's tastes, from how kind the user
 * is and how good the item, and from some noise. The same options give the same text.
 * @throws Error when there are fewer pairs than ratings
 */
export function ratingsCsv(options: RatingsOptions = {}): string {
  const { ratings = 5000, users = 200, items = 100, seed = 1 } = options;
  if (ratings > users * items) {
    throw new Error(`${ratings} ratings: ${users} users and ${items} items have fewer pairs`);
  }
  const random = createRandom(seed);
  const people = characters(random, users);
  const things = characters(random, items);
  const lines = pairs(random, ratings, users * items).map((pair) => {
    const user = Math.floor(pair / items);
    const item = pair % items;
    const score = stars(random, people[user] as Character, things[item] as Character);
    return `u${user + 1},i${item + 1},${score}`;
  });
  return `${[ratingsHeader, ...lines].join("\n")}\n`;
}

interface Character {
  /** How much above the mean all of its ratings are. */
  bias: number;
  tastes: number[];
}

function characters(random: Random, count: number): Character[] {
  return Array.from({ length: count }, () => ({
    bias: 0.4 * random.normal(),
    tastes: Array.from({ length: tastes }, () => random.normal()),
  }));
}

function stars(random: Random, user: Character, item: Character): number {
  const match = user.tastes.reduce((sum, taste, i) => sum + taste * (item.tastes[i] as number), 0);
  const score = 3 + user.bias + item.bias + 0.6 * match + noise * random.normal();
  return Math.min(5, Math.max(1, Math.round(2 * score) / 2));
}

/** Different numbers below `total`, in random order. */
function pairs(random: Random, count: number, total: number): number[] {
  const numbers = Array.from({ length: total }, (_, i) => i);
  for (let i = 0; i < count; i += 1) {
    const other = i + Math.floor(random.uniform() * (total - i));
    const taken = numbers[other] as number;
    numbers[other] = numbers[i] as number;
    numbers[i] = taken;
  }
  return numbers.slice(0, count);
}
