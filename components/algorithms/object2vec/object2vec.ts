import type { Algorithm } from "../algorithm.ts";
import { when } from "../condition.ts";
import { metricTable } from "../metric-table.ts";
import { object2vecHyperparameters } from "./hyperparameters.ts";
import { object2vecRules } from "./rules.ts";
import { object2vecTunable } from "./tunable.ts";

const classes = when("output_layer", "softmax");
const numbers = when("output_layer", "mean_squared_error");

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/object2vec.html */
export const object2vec: Algorithm = {
  name: "object2vec",
  title: "Object2Vec",
  summary: "Embeddings of two kinds of objects, learned from labelled pairs of token lists",
  tasks: ["embeddings", "pair classification", "pair regression", "recommendation"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/object2vec.html",
  imageRepository: "object2vec",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "labelled pairs to learn from", required: true },
    validation: { description: "pairs to evaluate each epoch on" },
    test: { description: "pairs for a last evaluation" },
    auxiliary: { description: "pretrained token vectors and their vocabulary files" },
  },
  contentTypes: ["application/jsonlines"],
  defaultContentType: "application/jsonlines",
  inputModes: ["File"],
  instances: {
    training: "either",
    serving: "either",
    distributed: false,
    notes:
      "One instance, on one or several GPUs: start with ml.m5.2xlarge or ml.p2.xlarge. A GPU endpoint (ml.p3.2xlarge) pays for deep networks; INFERENCE_PREFERRED_MODE loads it for scores (classification) or for embeddings (embedding).",
  },
  hyperparameters: object2vecHyperparameters,
  rules: object2vecRules,
  metricsFollow: ["output_layer"],
  metrics: metricTable(["validation", "test"], {
    mean_squared_error: { direction: "min", description: "mean squared error", when: numbers },
    accuracy: { direction: "max", description: "share of pairs labelled right", when: classes },
    cross_entropy: { direction: "min", description: "log loss of the labels", when: classes },
  }),
  tunable: object2vecTunable,
  serving: {
    requests: ["application/json", "application/jsonlines"],
    responses: ["application/json", "application/jsonlines"],
    exampleRequest: '{"instances": [{"in0": [6, 17, 606], "in1": [16, 21, 13]}]}',
    exampleResponse: '{"predictions": [{"scores": [0.0921, 0.9079]}]}',
  },
  notes: [
    'A line of data is {"label": 1, "in0": [6, 17], "in1": [16]}: ids of tokens, a lone one in a list too; there is no CSV',
    "label counts classes from 0 for softmax and is any number for mean_squared_error, whose scores hold one number",
    'A request with in0 or in1 alone is answered by {"embeddings": [...]}',
    "A request for embeddings takes ;infer_max_seqlens=<in0>,<in1> after its content type",
  ],
  example: {
    pipeline: "movie-ratings",
    hyperparameters: {
      output_layer: "mean_squared_error",
      enc0_network: "pooled_embedding",
      enc0_max_seq_len: 1,
      enc0_vocab_size: 944,
      enc1_network: "pooled_embedding",
      enc1_max_seq_len: 1,
      enc1_vocab_size: 1684,
      enc_dim: 64,
    },
    gate: { metric: "validation:mean_squared_error", threshold: 1 },
    script: "glue/ratings_etl.py",
    etlArguments: { ENC0_VOCAB_SIZE: 944, ENC1_VOCAB_SIZE: 1684 },
    etlWrites: 'JSON Lines, {"label": 4.0, "in0": [12], "in1": [305]} each',
  },
};
