import { createRandom, type Random } from "./random.ts";

export interface HousesOptions {
  /** Houses, that is lines below the header. @default 2000 */
  rows?: number;
  /** Another seed gives other houses on the same market. @default 1 */
  seed?: number;
}

export const housesHeader = "area,rooms,age,distance,heating,garden,price";

/** What a kind of heating adds to the price. */
const heatings: Readonly<Record<string, number>> = { district: 6, gas: 0, oil: -9, pump: 14 };

/** Standard deviation of what no column explains, in thousands: no model's root mean squared error gets below. */
const noise = 12;

/**
 * A CSV of houses with their prices (thousands), for regression: numbers, two columns of text, and a price that is a linear
 * function of them but for some noise. The same options give the same text.
 */
export function housesCsv(options: HousesOptions = {}): string {
  const random = createRandom(options.seed ?? 1);
  const rows = Array.from({ length: options.rows ?? 2000 }, () => house(random));
  return `${[housesHeader, ...rows].join("\n")}\n`;
}

function house(random: Random): string {
  const area = Math.round(50 + 30 * Math.abs(random.normal()) + 90 * random.uniform());
  const rooms = Math.max(1, Math.round(area / 28 + 0.8 * random.normal()));
  const age = Math.round(80 * random.uniform());
  const distance = Math.round(300 * random.uniform()) / 10;
  const heating = random.pick(Object.keys(heatings));
  const garden = random.uniform() < 0.4;
  const price =
    2.4 * area +
    7 * rooms -
    0.9 * age -
    3.1 * distance +
    (heatings[heating] as number) +
    (garden ? 22 : 0) +
    90 +
    noise * random.normal();
  return [area, rooms, age, distance, heating, garden ? "yes" : "no", price.toFixed(1)].join(",");
}
