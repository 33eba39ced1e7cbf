import type { TrainingRun } from "../components/algorithms/algorithm.ts";
import type { Answer } from "../components/algorithms/comparable.ts";
import {
  type ComparisonMetric,
  type ComparisonTask,
  comparisonMetrics,
  metricsOf,
} from "../components/comparison-metrics.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import type { Problem } from "./config-error.ts";
import type { ReadTraining } from "./read-training.ts";

interface Goal {
  /** `undefined` while they are wrong, and reported. */
  task: ComparisonTask | undefined;
  metric: ComparisonMetric | undefined;
}

/**
 * What the model will answer, where that is a prediction in the comparison's task that its score can be computed from.
 *
 * @param path of the candidate
 */
export function candidateAnswer(
  { catalogued }: AlgorithmChoice,
  training: ReadTraining,
  { task, metric }: Goal,
  path: string,
  problems: Problem[],
): Answer | undefined {
  if (catalogued === undefined || task === undefined) return undefined;
  const { algorithm } = catalogued;
  const answerIn = algorithm.comparable?.answers[task];
  if (answerIn === undefined) {
    const rule = `${algorithm.title} does not take the task ${task}`;
    const remedy = "take another algorithm, or another task";
    problems.push({ path: `${path}.algorithm.name`, received: algorithm.name, rule, remedy });
    return undefined;
  }
  const { considered } = training;
  const run: TrainingRun = training.run ?? { ...catalogued, hyperparameters: considered };
  const answer = answerIn(run);
  if ("hyperparameter" in answer) {
    const place = `${path}.training.hyperparameters.${answer.hyperparameter}`;
    if (problems.some((problem) => problem.path === place)) return undefined; // wrong by itself
    const { hyperparameter, rule, remedy } = answer;
    problems.push({ path: place, received: considered[hyperparameter], rule, remedy });
    return undefined;
  }
  if (metric === undefined || !comparisonMetrics[metric].needsProbabilities) return answer;
  if (answer.kind !== "class") return answer;
  const others = metricsOf(task).filter((name) => !comparisonMetrics[name].needsProbabilities);
  problems.push({
    path,
    received: algorithm.name,
    rule: `${metric} needs probabilities: with these hyperparameters ${algorithm.title} tells the class alone`,
    remedy: `write metric: ${others.join(" or ")} for the comparison, or take a candidate that tells probabilities`,
  });
  return undefined;
}
