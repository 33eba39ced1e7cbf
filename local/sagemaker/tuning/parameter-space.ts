import type { Parameter, Scaling } from "./parameter-ranges.ts";
import type { RandomNumbers } from "./random-numbers.ts";

/** Values of all tuned hyperparameters, as a training job gets them. */
export type Hyperparameters = Readonly<Record<string, string>>;

/** All that a tuning job may try. */
export class ParameterSpace {
  readonly #parameters: readonly Parameter[];

  constructor(parameters: readonly Parameter[]) {
    this.#parameters = parameters;
  }

  /** Evenly in each parameter's scaling. */
  random(next: RandomNumbers): Hyperparameters {
    return this.#make((parameter) => valueAt(parameter, next()));
  }

  /** `values` with one parameter changed: a number by about a tenth of its range, a category to any. */
  near(values: Hyperparameters, next: RandomNumbers): Hyperparameters {
    const changed = Math.floor(next() * this.#parameters.length);
    return this.#make((parameter, i) => {
      const value = values[parameter.name] as string;
      if (i !== changed) return value;
      if (parameter.kind === "categorical") return valueAt(parameter, next());
      const moved = positionOf(parameter, value) + (next() + next() + next() - 1.5) * 0.2;
      return valueAt(parameter, Math.min(Math.max(moved, 0), 1 - Number.EPSILON));
    });
  }

  /** Numbers for a model of the objective: one from 0 to 1 for each numeric parameter, one for each category of others. */
  features(values: Hyperparameters): number[] {
    return this.#parameters.flatMap((parameter) => {
      const value = values[parameter.name] as string;
      if (parameter.kind !== "categorical") return [positionOf(parameter, value)];
      return parameter.values.map((category) => (category === value ? Math.SQRT1_2 : 0));
    });
  }

  /** How many combinations there are; Infinity with a continuous parameter. */
  get size(): number {
    return this.#parameters
      .map((parameter) => {
        if (parameter.kind === "categorical") return parameter.values.length;
        if (parameter.min === parameter.max) return 1;
        return parameter.kind === "integer"
          ? parameter.max - parameter.min + 1
          : Number.POSITIVE_INFINITY;
      })
      .reduce((product, count) => product * count, 1);
  }

  /** The combination of this number, from 0, in a space of categories alone. */
  combination(number: number): Hyperparameters {
    let left = number;
    return this.#make((parameter) => {
      const values = parameter.kind === "categorical" ? parameter.values : [];
      const value = values[left % values.length] as string;
      left = Math.floor(left / values.length);
      return value;
    });
  }

  #make(value: (parameter: Parameter, i: number) => string): Hyperparameters {
    return Object.fromEntries(
      this.#parameters.map((parameter, i) => [parameter.name, value(parameter, i)]),
    );
  }
}

/** @param position from 0 up to 1, which is not among them */
function valueAt(parameter: Parameter, position: number): string {
  if (parameter.kind === "categorical") {
    return parameter.values[Math.floor(position * parameter.values.length)] as string;
  }
  const { from, to } = scaledEnds(parameter);
  const value = unscaled(parameter.scaling, from + position * (to - from));
  const whole = parameter.kind === "integer" ? Math.round(value) : value;
  return String(Math.min(Math.max(whole, parameter.min), parameter.max));
}

function positionOf(parameter: Exclude<Parameter, { kind: "categorical" }>, text: string): number {
  const { from, to } = scaledEnds(parameter);
  return to === from ? 0.5 : (scaled(parameter.scaling, Number(text)) - from) / (to - from);
}

/** Half a step beyond the ends of an integer's range, so that its ends are as likely as what lies between. */
function scaledEnds({ kind, min, max, scaling }: Exclude<Parameter, { kind: "categorical" }>) {
  const margin = kind === "integer" ? 0.5 : 0;
  return { from: scaled(scaling, min - margin), to: scaled(scaling, max + margin) };
}

function scaled(scaling: Scaling, value: number): number {
  if (scaling === "Logarithmic") return Math.log(value);
  if (scaling === "ReverseLogarithmic") return -Math.log1p(-value);
  return value;
}

function unscaled(scaling: Scaling, value: number): number {
  if (scaling === "Logarithmic") return Math.exp(value);
  if (scaling === "ReverseLogarithmic") return -Math.expm1(-value);
  return value;
}
