import type { Algorithm } from "./algorithm.ts";
import { count, positive } from "./hyperparameter-shapes.ts";

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/lda.html */
export const lda: Algorithm = {
  name: "lda",
  title: "Latent Dirichlet Allocation",
  summary: "Topics of a collection of documents, by tensor decomposition",
  tasks: ["topic modelling"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/lda.html",
  imageRepository: "lda",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "word counts, a document a row", required: true },
    test: { description: "documents for the evaluation after training" },
  },
  contentTypes: ["application/x-recordio-protobuf", "text/csv;label_size=0"],
  defaultContentType: "text/csv;label_size=0",
  inputModes: ["File", "Pipe"],
  pipeContentTypes: ["application/x-recordio-protobuf"],
  instances: {
    training: "cpu",
    serving: "either",
    discouraged: {
      serving: { gpu: "AWS advises CPUs for its endpoints: take one such as ml.m5.large" },
    },
    distributed: false,
    notes: "One CPU instance for training.",
  },
  hyperparameters: {
    num_topics: { ...count, required: true, description: "how many topics" },
    feature_dim: { ...count, required: true, description: "words of the vocabulary" },
    mini_batch_size: {
      ...count,
      required: true,
      description: "documents of the whole collection, not of a batch",
    },
    alpha0: {
      ...positive,
      default: 1,
      description: "guess of the topics in a document: small for few, above 1 for an even mix",
    },
    max_restarts: { ...count, default: 10, description: "times the decomposition is tried" },
    max_iterations: { ...count, default: 1000, description: "rounds of a try at most" },
    tol: { ...positive, default: 1e-8, description: "error at which a try is good enough" },
  },
  rules: [],
  metricsFollow: [],
  metrics: {
    "test:pwll": {
      direction: "max",
      description: "log-likelihood a word",
      channel: "test",
    },
  },
  tunable: {
    alpha0: { type: "continuous", min: 0.1, max: 10 },
    num_topics: { type: "integer", min: 1, max: 150 },
  },
  serving: {
    requests: ["text/csv", "application/json", "application/x-recordio-protobuf"],
    responses: ["application/json", "application/x-recordio-protobuf"],
    exampleRequest: "0,2,0,1,4\n1,0,0,3,0",
    exampleResponse:
      '{"predictions": [{"topic_mixture": [0.1, 0.7, 0.2]}, {"topic_mixture": [0.6, 0.3, 0.1]}]}',
  },
  notes: [
    "CSV has a count for every word of the vocabulary, no label and no header: text/csv;label_size=0",
    "mini_batch_size counts the documents of the whole train channel",
    "Fewer regions have its image than have the others'",
  ],
  example: {
    pipeline: "topics-lda",
    hyperparameters: { num_topics: 10, feature_dim: 5000, mini_batch_size: 10_000 },
    gate: { metric: "test:pwll", threshold: -9 },
    etlWrites: "CSV of word counts, a document a line, no header",
  },
};
