import { count, positive, pythonBoolean } from "../hyperparameter-shapes.ts";
import type { HyperparameterSpec } from "../hyperparameter-spec.ts";

/** Those of one mode alone say so. */
export const blazingTextHyperparameters: Readonly<Record<string, HyperparameterSpec>> = {
  mode: {
    type: "categorical",
    values: ["batch_skipgram", "skipgram", "cbow", "supervised"],
    required: true,
    description: "supervised labels sentences; the others (Word2Vec) learn word vectors",
  },
  epochs: { ...count, default: 5, description: "passes over the text" },
  learning_rate: { ...positive, default: 0.05, description: "length of an update" },
  vector_dim: { ...count, default: 100, description: "numbers that stand for a word" },
  min_count: {
    type: "integer",
    min: 0,
    default: 5,
    description: "words that occur less often are left out",
  },
  buckets: {
    ...count,
    default: 2_000_000,
    description: "places that subwords, or runs of words, share by hash",
  },
  batch_size: { ...count, default: 11, description: "batch_skipgram: words of one update" },
  window_size: { ...count, default: 5, description: "Word2Vec: words of context on either side" },
  negative_samples: {
    ...count,
    default: 5,
    description: "Word2Vec: made-up neighbours for each true one",
  },
  sampling_threshold: {
    ...positive,
    default: 0.0001,
    description: "Word2Vec: words more frequent than this are thinned out, at most 0.001 as a rule",
  },
  evaluation: {
    ...pythonBoolean,
    default: "True",
    description: "Word2Vec: compare vectors with WordSimilarity-353",
  },
  subwords: {
    ...pythonBoolean,
    default: "False",
    description: "Word2Vec: learn parts of words too, for words never seen",
  },
  min_char: { ...count, default: 3, description: "subwords: letters at least" },
  max_char: { ...count, default: 6, description: "subwords: letters at most" },
  word_ngrams: { ...count, default: 2, description: "supervised: words of a run" },
  early_stopping: {
    ...pythonBoolean,
    default: "False",
    description: "supervised: end when validation:accuracy stalls",
  },
  patience: {
    ...count,
    default: 4,
    description: "early stopping: epochs without progress that are waited for",
  },
  min_epochs: { ...count, default: 5, description: "early stopping: not before this epoch" },
};
