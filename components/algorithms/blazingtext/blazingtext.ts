import type { Algorithm } from "../algorithm.ts";
import { effectiveValue, holds, unmet } from "../condition.ts";
import { blazingTextHyperparameters } from "./hyperparameters.ts";
import { blazingTextInstanceRules, blazingTextRules, supervised, word2vec } from "./rules.ts";

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/blazingtext.html */
export const blazingText: Algorithm = {
  name: "blazingtext",
  title: "BlazingText",
  summary: "Word vectors (Word2Vec), or labels of sentences, from plain text",
  tasks: ["text classification", "embeddings"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/blazingtext.html",
  imageRepository: "blazingtext",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "sentences, one a line", required: true },
    validation: { description: "labelled sentences to evaluate on; supervised mode alone" },
  },
  contentTypes: ["text/plain", "application/jsonlines"],
  defaultContentType: "text/plain",
  inputModes: ["File", "Pipe"],
  instances: {
    training: "either",
    serving: "either",
    distributed: true,
    rules: blazingTextInstanceRules,
    notes:
      "Several instances, CPUs, for batch_skipgram alone; the other modes take one CPU instance or one GPU. ml.c5 up to 2 GB of text, ml.p3.2xlarge for skipgram, cbow and more text.",
  },
  hyperparameters: blazingTextHyperparameters,
  rules: blazingTextRules,
  metricsFollow: ["mode", "evaluation"],
  metrics: {
    "validation:accuracy": {
      direction: "max",
      description: "share of sentences labelled right; mode supervised",
      channel: "validation",
      whyNot: (run) =>
        holds(supervised, run)
          ? undefined
          : {
              rule: `validation:accuracy ${unmet(supervised, run)}`,
              remedy: "gate on train:mean_rho, or set mode: supervised",
            },
    },
    "train:mean_rho": {
      direction: "max",
      description:
        "agreement of word distances with those that people gave (WordSimilarity-353); Word2Vec modes",
      channel: "train",
      whyNot(run) {
        if (!holds(word2vec, run)) {
          return {
            rule: `train:mean_rho ${unmet(word2vec, run)}`,
            remedy: "gate on validation:accuracy, or set mode: skipgram",
          };
        }
        if (effectiveValue(run, "evaluation") === "True") return undefined;
        return {
          rule: "train:mean_rho needs evaluation True",
          remedy: "remove training.hyperparameters.evaluation",
        };
      },
    },
  },
  tunable: {
    batch_size: { type: "integer", min: 8, max: 32 },
    epochs: { type: "integer", min: 5, max: 15 },
    learning_rate: { type: "continuous", min: 0.005, max: 0.01 },
    min_count: { type: "integer", min: 0, max: 100 },
    mode: { type: "categorical", values: ["batch_skipgram", "skipgram", "cbow"] },
    negative_samples: { type: "integer", min: 5, max: 25 },
    sampling_threshold: { type: "continuous", min: 0.0001, max: 0.001 },
    vector_dim: { type: "integer", min: 32, max: 300 },
    window_size: { type: "integer", min: 1, max: 10 },
    buckets: { type: "integer", min: 1000000, max: 10000000 },
    word_ngrams: { type: "integer", min: 1, max: 3 },
  },
  serving: {
    requests: ["application/json", "application/jsonlines"],
    responses: ["application/json", "application/jsonlines"],
    exampleRequest: '{"instances": ["the cabin was cold", "a fine crew"]}',
    exampleResponse:
      '[{"label": ["__label__2"], "prob": [0.91]}, {"label": ["__label__1"], "prob": [0.86]}]',
  },
  notes: [
    "One file of one sentence a line, words separated by blanks; in supervised mode labels stand in it as __label__1",
    "An answer has the content type of its request",
    'Word2Vec models answer {"word": ..., "vector": [...]} for each word; unknown words get zeros without subwords',
    "Word2Vec modes take the train channel alone",
  ],
  example: {
    pipeline: "reviews",
    hyperparameters: { mode: "supervised", epochs: 10, word_ngrams: 2 },
    gate: { metric: "validation:accuracy", threshold: 0.8 },
    etlWrites: "one file of sentences, each with its __label__<class>",
  },
};
