import type { Algorithm } from "../algorithm.ts";
import { effectiveValue } from "../condition.ts";
import { networkHyperparameters } from "./network-hyperparameters.ts";
import { seq2seqRules } from "./rules.ts";
import { trainingHyperparameters } from "./training-hyperparameters.ts";
import { seq2seqTunable } from "./tunable.ts";

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/seq-2-seq.html */
export const seq2seq: Algorithm = {
  name: "seq2seq",
  title: "Sequence to Sequence",
  summary: "Turns a sequence of tokens into another: translations, summaries",
  tasks: ["sequence to sequence"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/seq-2-seq.html",
  imageRepository: "seq2seq",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "pairs of sequences to learn from", required: true },
    validation: { description: "pairs to evaluate each checkpoint on", required: true },
    vocab: { description: "vocab.src.json and vocab.trg.json: ids of words", required: true },
  },
  contentTypes: ["application/x-recordio-protobuf"],
  defaultContentType: "application/x-recordio-protobuf",
  inputModes: ["File"],
  instances: {
    training: "gpu",
    serving: "gpu",
    distributed: false,
    notes: "One instance, on one or several GPUs.",
  },
  hyperparameters: { ...trainingHyperparameters, ...networkHyperparameters },
  rules: seq2seqRules,
  metricsFollow: ["bleu_sample_size"],
  metrics: {
    "validation:accuracy": {
      direction: "max",
      description: "share of tokens predicted right",
      channel: "validation",
    },
    "validation:perplexity": {
      direction: "min",
      description: "how many tokens the model wavers between",
      channel: "validation",
    },
    "validation:bleu": {
      direction: "max",
      description: "likeness of decoded sequences to those wanted",
      channel: "validation",
      whyNot: (run) =>
        Number(effectiveValue(run, "bleu_sample_size")) === 0
          ? {
              rule: "validation:bleu needs bleu_sample_size: left out, it is computed on no pair",
              remedy:
                "set training.hyperparameters.bleu_sample_size: -1, or gate on validation:perplexity",
            }
          : undefined,
    },
  },
  tunable: seq2seqTunable,
  tuning: { iterations: { hyperparameter: "max_num_epochs" } },
  serving: {
    requests: ["application/json", "application/x-recordio-protobuf", "application/jsonlines"],
    responses: ["application/json", "application/x-recordio-protobuf", "application/jsonlines"],
    exampleRequest: '{"instances": [{"data": "the house is small"}]}',
    exampleResponse: '{"predictions": [{"target": "das haus ist klein"}]}',
  },
  notes: [
    "RecordIO holds source and target as 32-bit integers, ids of the vocabularies",
    "All three channels are wanted, also without a gate",
    "An answer has the content type of its request; tokens are separated by blanks",
  ],
  example: {
    pipeline: "translation",
    hyperparameters: { max_seq_len_source: 60, max_seq_len_target: 60, max_num_epochs: 10 },
    gate: { metric: "validation:perplexity", threshold: 20 },
    channels: { vocab: "etl" },
    etlWrites: "RecordIO-protobuf, a pair of integer sequences each",
  },
};
