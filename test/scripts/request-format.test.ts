import { expect } from "chai";
import { algorithms } from "../../components/algorithms/index.ts";
import { algorithmOf, contentTypeOf } from "../../scripts/request-format.ts";

describe("contentTypeOf", () => {
  const { xgboost, object2vec, "linear-learner": linearLearner } = algorithms;
  const types: [file: string, algorithm: typeof xgboost | undefined, type: string][] = [
    ["rows.csv", xgboost, "text/csv"],
    ["rows.libsvm", xgboost, "text/libsvm"],
    ["rows", xgboost, "text/csv"],
    ["-", linearLearner, "text/csv"],
    ["rows.JSON", linearLearner, "application/json"],
    ["pairs.jsonl", object2vec, "application/jsonlines"],
    ["-", object2vec, object2vec.serving.requests[0] as string],
    ["rows.csv", undefined, "text/csv"],
  ];
  for (const [file, algorithm, type] of types) {
    it(`sends ${file} to ${algorithm?.title ?? "another image"} as ${type}`, () => {
      expect(contentTypeOf(file, algorithm)).to.equal(type);
    });
  }

  it("refuses a file that the algorithm does not take, with one that it takes", () => {
    expect(() => contentTypeOf("data/rows.csv", object2vec)).to.throw(
      /^rows\.csv is text\/csv by its name, and Object2Vec takes .*application\/jsonlines.*"in0"/,
    );
  });

  it("asks for the type where nothing tells it", () => {
    expect(() => contentTypeOf("-", undefined)).to.throw("name it with --content-type");
  });
});

describe("algorithmOf", () => {
  const registry = "257758044811.dkr.ecr.us-east-2.amazonaws.com";

  it("knows an image by its repository", () => {
    expect(algorithmOf(`${registry}/sagemaker-xgboost:3.0-5`)?.name).to.equal("xgboost");
    expect(algorithmOf(`${registry}/object2vec:1`)?.name).to.equal("object2vec");
  });

  it("knows nothing of an own image", () => {
    expect(algorithmOf(`${registry}/team/my-xgboost@sha256:${"0".repeat(64)}`)).to.equal(undefined);
  });
});
