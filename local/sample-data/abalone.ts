import { createRandom, type Random } from "./random.ts";

export interface AbaloneOptions {
  /** Shells, one a line. @default 4000 */
  rows?: number;
  /** Another seed gives other shells of the same kind. @default 1 */
  seed?: number;
}

/** Standard deviation of what no measurement explains, in rings: no model's root mean squared error gets below. */
export const abaloneNoise = 1.2;

/**
 * A libsvm file of shells, for regression: the number of rings, then sex (1 female, 2 male, 3 infant), length, diameter,
 * height, and four weights. Females have more rings from some age on, which a linear model cannot tell. Made up, with the
 * layout and the ranges of the Abalone data of the UCI repository. The same options give the same text.
 */
export function abaloneLibsvm(options: AbaloneOptions = {}): string {
  const random = createRandom(options.seed ?? 1);
  const rows = Array.from({ length: options.rows ?? 4000 }, () => shell(random));
  return `${rows.join("\n")}\n`;
}

function shell(random: Random): string {
  const age = 3 + 22 * random.uniform() ** 1.6;
  const sex = age < 7 && random.uniform() < 0.8 ? 3 : random.uniform() < 0.5 ? 1 : 2;
  const length = 0.82 * (1 - Math.exp(-age / 6)) * (1 + 0.025 * random.normal());
  const diameter = length * (0.79 + 0.015 * random.normal());
  const height = length * (0.27 + 0.015 * random.normal());
  const whole = 2.9 * length ** 2.9 * (1 + 0.08 * random.normal());
  const meat = whole * (0.43 + 0.03 * random.normal());
  const viscera = whole * (0.22 + 0.015 * random.normal());
  const shellWeight = whole * (0.24 + 0.006 * age + 0.015 * random.normal());
  const spawned = sex === 1 && age > 11 ? 4 : 0;
  const rings = age + spawned + abaloneNoise * random.normal();
  const features = [length, diameter, height, whole, meat, viscera, shellWeight].map((value) =>
    Math.max(0.001, value).toFixed(4),
  );
  const pairs = [String(sex), ...features].map((value, index) => `${index + 1}:${value}`);
  return [Math.max(1, Math.round(rings)), ...pairs].join(" ");
}
