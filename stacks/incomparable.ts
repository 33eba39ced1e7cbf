import type { Algorithm, Task } from "../components/algorithms/algorithm.ts";
import { algorithms } from "../components/algorithms/index.ts";

/** Tasks in which a label is learnt from rows of numbers, and can be told for others. */
const supervised: readonly Task[] = [
  "regression",
  "binary classification",
  "multi-class classification",
];

/** Names of the algorithms that can be candidates. */
export function comparableNames(): string[] {
  const all: readonly Algorithm[] = Object.values(algorithms);
  return all.filter(({ comparable }) => comparable !== undefined).map(({ name }) => name);
}

/** Why an algorithm, or an image (`undefined`), cannot be compared with others. */
export function whyIncomparable(algorithm: Algorithm | undefined): string {
  if (algorithm === undefined) {
    return "a built-in algorithm: how an image of your own tells predictions is not known";
  }
  const { title, tasks, contentTypes } = algorithm;
  if (!tasks.some((task) => supervised.includes(task))) {
    return `${title} is for ${tasks.join(", ")}: it predicts no label of a row that could be compared`;
  }
  return `${title} trains from ${contentTypes.join(", ")}: candidates read text/csv or text/libsvm, the same rows in each`;
}
