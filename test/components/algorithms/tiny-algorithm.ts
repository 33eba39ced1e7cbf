import type { Algorithm } from "../../../components/algorithms/algorithm.ts";

/** An algorithm with as little as one can have, to say what a test is about. */
export function tinyAlgorithm(own: Partial<Algorithm> = {}): Algorithm {
  return {
    name: "tiny",
    title: "Tiny",
    summary: "Nothing much",
    tasks: ["regression"],
    documentation: "https://example.com/tiny",
    imageRepository: "tiny",
    versions: [{ name: "1" }],
    defaultVersion: "1",
    channels: { train: { description: "rows", required: true } },
    contentTypes: ["text/csv"],
    defaultContentType: "text/csv",
    inputModes: ["File"],
    instances: { training: "cpu", serving: "cpu", distributed: false, notes: "" },
    hyperparameters: {},
    rules: [],
    metricsFollow: [],
    metrics: {},
    tunable: {},
    serving: {
      requests: ["text/csv"],
      responses: ["text/csv"],
      exampleRequest: "1",
      exampleResponse: "2",
    },
    notes: [],
    example: { pipeline: "tiny", hyperparameters: {}, etlWrites: "CSV" },
    ...own,
  };
}
