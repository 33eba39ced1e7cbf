/** Variance of the objective's noise, beside a variance of 1 of the objective itself. */
const NOISES = [1e-4, 1e-2, 0.1];

const LENGTHS = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2];

interface Kernel {
  /** How far a change of each feature reaches. */
  lengths: number[];
  noise: number;
}

interface Fit {
  kernel: Kernel;
  /** Lower triangle of the Cholesky decomposition of the covariance. */
  factor: number[][];
  /** Covariance inverted, times the values. */
  weights: number[];
  /** Log marginal likelihood, but for a constant. */
  likelihood: number;
}

/**
 * Gaussian process regression with a Matérn 5/2 kernel, whose lengths and noise are the most likely of a few, feature by feature.
 * Source: Rasmussen and Williams, Gaussian Processes for Machine Learning (2006), algorithm 2.1 and section 5.4.
 */
export class GaussianProcess {
  readonly #points: readonly number[][];
  readonly #mean: number;
  readonly #deviation: number;
  readonly #fit: Fit;

  /**
   * @param points features of each observation, of the order of 1
   * @param values one for each point
   */
  constructor(points: readonly number[][], values: readonly number[]) {
    this.#points = points;
    this.#mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance =
      values.reduce((sum, value) => sum + (value - this.#mean) ** 2, 0) / values.length;
    this.#deviation = Math.sqrt(variance) || 1;
    this.#fit = mostLikely(
      points,
      values.map((value) => (value - this.#mean) / this.#deviation),
    );
  }

  /** What the objective is likely to be at a point, in its own unit. */
  predict(point: readonly number[]): { mean: number; deviation: number } {
    const { kernel, factor, weights } = this.#fit;
    const covariances = this.#points.map((other) => covariance(kernel, point, other));
    const mean = dot(covariances, weights);
    const reduced = solveLower(factor, covariances);
    const variance = Math.max(1 - dot(reduced, reduced), 1e-12);
    return {
      mean: this.#mean + this.#deviation * mean,
      deviation: this.#deviation * Math.sqrt(variance),
    };
  }
}

function mostLikely(points: readonly number[][], values: readonly number[]): Fit {
  const features = points[0]?.length ?? 0;
  const same = LENGTHS.flatMap((length) =>
    NOISES.map((noise) => ({ lengths: Array<number>(features).fill(length), noise })),
  );
  let best = better(same.map((kernel) => fit(points, values, kernel)));
  for (let i = 0; i < features; i++) {
    const { lengths, noise } = best.kernel;
    const others = LENGTHS.map((length) =>
      fit(points, values, { lengths: lengths.with(i, length), noise }),
    );
    best = better([best, ...others]);
  }
  return best;
}

function better(fits: readonly Fit[]): Fit {
  return fits.reduce((best, other) => (other.likelihood > best.likelihood ? other : best));
}

function fit(points: readonly number[][], values: readonly number[], kernel: Kernel): Fit {
  const factor = cholesky(
    points.map((a, i) =>
      points.slice(0, i + 1).map((b, j) => covariance(kernel, a, b) + (i === j ? kernel.noise : 0)),
    ),
  );
  const half = solveLower(factor, values);
  const logDeterminant = factor.reduce((sum, row, i) => sum + Math.log(row[i] as number), 0);
  return {
    kernel,
    factor,
    weights: solveUpper(factor, half),
    likelihood: -0.5 * dot(half, half) - logDeterminant,
  };
}

function covariance({ lengths }: Kernel, a: readonly number[], b: readonly number[]): number {
  let squares = 0;
  for (const [i, length] of lengths.entries()) {
    squares += (((a[i] as number) - (b[i] as number)) / length) ** 2;
  }
  const distance = Math.sqrt(5 * squares);
  return (1 + distance + (distance * distance) / 3) * Math.exp(-distance);
}

/** @param lower triangle of a symmetric positive definite matrix, row by row; it is replaced */
function cholesky(lower: number[][]): number[][] {
  for (const [i, row] of lower.entries()) {
    for (let j = 0; j <= i; j++) {
      const other = lower[j] as number[];
      let sum = row[j] as number;
      for (let k = 0; k < j; k++) sum -= (row[k] as number) * (other[k] as number);
      row[j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (other[j] as number);
    }
  }
  return lower;
}

function solveLower(factor: readonly number[][], values: readonly number[]): number[] {
  const solution: number[] = [];
  for (const [i, row] of factor.entries()) {
    let sum = values[i] as number;
    for (let j = 0; j < i; j++) sum -= (row[j] as number) * (solution[j] as number);
    solution.push(sum / (row[i] as number));
  }
  return solution;
}

function solveUpper(factor: readonly number[][], values: readonly number[]): number[] {
  const solution = [...values];
  for (let i = factor.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < factor.length; j++) {
      solution[i] = (solution[i] as number) - (factor[j]?.[i] as number) * (solution[j] as number);
    }
    solution[i] = (solution[i] as number) / (factor[i]?.[i] as number);
  }
  return solution;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (const [i, value] of a.entries()) sum += value * (b[i] as number);
  return sum;
}
