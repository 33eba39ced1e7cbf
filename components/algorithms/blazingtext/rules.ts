import type { HyperparameterRule } from "../algorithm.ts";
import { usedOnly, when } from "../condition.ts";
import type { InstanceRule } from "../instance-advice.ts";

export const supervised = when("mode", "supervised");
export const word2vec = when("mode", "batch_skipgram", "skipgram", "cbow");

export const blazingTextRules: readonly HyperparameterRule[] = [
  ...usedOnly(when("mode", "batch_skipgram"), "batch_size"),
  ...usedOnly(
    word2vec,
    "window_size",
    "negative_samples",
    "sampling_threshold",
    "evaluation",
    "subwords",
    "min_char",
    "max_char",
  ),
  ...usedOnly(supervised, "word_ngrams", "early_stopping", "patience", "min_epochs"),
  ...usedOnly(when("subwords", "True"), "min_char", "max_char"),
  ...usedOnly(when("early_stopping", "True"), "patience", "min_epochs"),

  function noSubwordsInBatches({ hyperparameters: { mode, subwords } }) {
    if (mode !== "batch_skipgram" || subwords !== "True") return undefined;
    return {
      hyperparameter: "subwords",
      rule: "False when mode is batch_skipgram: it learns whole words alone",
      remedy: "remove it, or write mode: skipgram",
    };
  },

  function shortestBelowLongest({ hyperparameters: { min_char = "3", max_char = "6" } }) {
    if (!(Number(min_char) > Number(max_char))) return undefined;
    return {
      hyperparameter: "min_char",
      rule: `at most max_char (${max_char}): there are no subwords otherwise`,
      remedy: `lower it to ${max_char} at most, or raise max_char`,
    };
  },
];

/** Which instances each mode can use. */
export const blazingTextInstanceRules: readonly InstanceRule[] = [
  function oneInstanceButInBatches({ hyperparameters: { mode } }, { use, instanceCount }) {
    if (use !== "training" || mode === undefined || mode === "batch_skipgram") return undefined;
    if (instanceCount === 1) return undefined;
    return {
      about: "instanceCount",
      rule: `BlazingText trains on one instance when mode is ${mode}`,
      remedy: "write 1, or mode: batch_skipgram",
    };
  },

  function batchesOnCpus({ hyperparameters: { mode } }, { use, instanceType, processor }) {
    if (use !== "training" || mode !== "batch_skipgram" || processor.kind !== "gpu")
      return undefined;
    return {
      about: "instanceType",
      rule: `BlazingText trains on CPUs only when mode is batch_skipgram, and ${instanceType} has a GPU`,
      remedy: "write one such as ml.c5.2xlarge, or mode: skipgram",
    };
  },

  function oneGpu({ hyperparameters: { mode } }, { use, instanceType, processor }) {
    if (use !== "training" || mode === undefined || processor.gpus <= 1) return undefined;
    if (mode === "supervised") {
      return {
        about: "instanceType",
        rule: `BlazingText uses one GPU when mode is supervised, and ${instanceType} has ${processor.gpus}`,
        remedy: "write one such as ml.p3.2xlarge",
      };
    }
    return {
      about: "instanceType",
      rule: `trained on ${processor.gpus} GPUs, BlazingText writes no vectors.bin: there is nothing to serve`,
      remedy: "write one with a single GPU, such as ml.p3.2xlarge",
    };
  },
];
