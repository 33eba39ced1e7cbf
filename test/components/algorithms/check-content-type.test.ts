import { expect } from "chai";
import {
  checkContentType,
  mediaTypeOf,
} from "../../../components/algorithms/check-content-type.ts";
import { algorithms } from "../../../components/algorithms/index.ts";
import { tinyAlgorithm } from "./tiny-algorithm.ts";

const labelled = tinyAlgorithm({
  contentTypes: ["text/csv", "application/x-recordio-protobuf"],
  inputModes: ["File", "Pipe"],
  pipeContentTypes: ["application/x-recordio-protobuf"],
});
const unlabelled = tinyAlgorithm({
  contentTypes: ["application/x-recordio-protobuf", "text/csv;label_size=0"],
  defaultContentType: "text/csv;label_size=0",
});

describe("checkContentType", () => {
  for (const [algorithm, contentType, mode] of [
    [labelled, "text/csv", "File"],
    [labelled, "text/csv;label_size=1", "File"],
    [labelled, "text/csv; label_size=1", "FastFile"],
    [labelled, "application/x-recordio-protobuf", "Pipe"],
    [unlabelled, "text/csv;label_size=0", "File"],
    [unlabelled, "text/csv ; label_size=0", "File"],
    [unlabelled, "text/csv;label_size=0", "Pipe"],
    [algorithms.xgboost, "csv;label_size=1", "File"],
  ] as const) {
    it(`takes ${contentType} in ${mode} where ${algorithm.contentTypes.join(" and ")} are known`, () => {
      expect(checkContentType(algorithm, contentType, mode)).to.equal(undefined);
    });
  }

  for (const [algorithm, contentType, mode, rule, remedy] of [
    [
      labelled,
      "text/tsv",
      "File",
      "a content type that Tiny trains from, letter for letter: text/csv, application/x-recordio-protobuf",
      "write text/csv",
    ],
    [
      labelled,
      "text/csv; charset=utf-8",
      "File",
      "a content type that Tiny trains from, letter for letter: text/csv, application/x-recordio-protobuf",
      "write text/csv",
    ],
    [
      labelled,
      "text/csv;label_size=0",
      "File",
      "Tiny takes one label, the first column",
      "write text/csv",
    ],
    [
      labelled,
      "application/x-recordio-protobuf;label_size=0",
      "File",
      "label_size belongs to text/csv alone",
      "write application/x-recordio-protobuf",
    ],
    [
      labelled,
      "text/csv",
      "Pipe",
      "in input mode Pipe Tiny reads only application/x-recordio-protobuf",
      "write one of these, or training.inputMode: File",
    ],
    [
      unlabelled,
      "text/csv",
      "File",
      "Tiny learns without labels: text/csv;label_size=0; the container else takes the first column for a label",
      'write "text/csv;label_size=0"',
    ],
    [
      unlabelled,
      "text/csv;label_size=1",
      "File",
      "Tiny learns without labels: text/csv;label_size=0; the container else takes the first column for a label",
      'write "text/csv;label_size=0"',
    ],
    [
      unlabelled,
      "",
      "File",
      "a content type that Tiny trains from, letter for letter: application/x-recordio-protobuf, text/csv;label_size=0",
      "write text/csv;label_size=0",
    ],
  ] as const) {
    it(`refuses ${contentType || "nothing"} in ${mode} where ${algorithm.contentTypes.join(" and ")} are known`, () => {
      expect(checkContentType(algorithm, contentType, mode)).to.deep.equal({ rule, remedy });
    });
  }
});

describe("mediaTypeOf", () => {
  it("leaves parameters out", () => {
    expect(["text/csv ; label_size=0", "text/csv"].map(mediaTypeOf)).to.deep.equal([
      "text/csv",
      "text/csv",
    ]);
  });
});
