import type { CandidateFormat } from "../stacks/comparison-config.ts";

/** Keys in a comparison's bucket, beside those that it shares with pipelines (see bucket-layout). */
export const comparisonLayout = {
  /** One split in the format that a candidate reads, label first; `features` is `test` without labels. */
  split: (
    title: string,
    format: CandidateFormat,
    split: "train" | "validation" | "test" | "features",
  ) => `output/${title}/${format}/${split}/`,
  /** Where all of a run's splits are. */
  splits: (title: string) => `output/${title}/`,
  /** What a candidate's training writes, below the job's name. */
  model: (title: string, number: string) => `models/${title}/${number}/`,
  transform: (title: string, number: string) => `output/${title}/${number}/transform/`,
  predictions: (title: string, number: string) => `output/${title}/${number}/predictions.json`,
  scores: (title: string) => `output/${title}/scores.json`,
  /** All uploads that a run trains on, where data accumulate. */
  inputs: (title: string) => `runs/${title}/inputs/`,
  /** How the rows of all runs are dealt out, where data accumulate: see pinSplit. */
  pinnedSplit: "split.json",
  manifest: (title: string) => `runs/${title}/manifest.json`,
  page: (title: string) => `runs/${title}/report.html`,
} as const;
