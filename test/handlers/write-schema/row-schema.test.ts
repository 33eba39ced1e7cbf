import { expect } from "chai";
import { rowSchema, type TrainingContent } from "../../../handlers/write-schema/row-schema.ts";

function schema(changes: Partial<TrainingContent>) {
  return rowSchema({
    algorithm: "xgboost",
    contentType: "text/csv",
    hyperparameters: {},
    etlReport: null,
    firstLine: "1,2.5,3",
    ...changes,
  });
}

describe("rowSchema", () => {
  it("names the features after ETL's columns, without the label", () => {
    const etlReport = { columns: ["label", "age", "plan"], missing: "error" };

    expect(schema({ etlReport })).to.deep.equal({
      kind: "features",
      counts: [2],
      names: ["age", "plan"],
      missing: "refused",
    });
  });

  it("counts the columns of the data where a script reports nothing", () => {
    expect(schema({})).to.deep.equal({
      kind: "features",
      counts: [2],
      names: null,
      missing: "allowed",
    });
  });

  it("believes the data, not a report of as many columns as there are not", () => {
    expect(schema({ etlReport: { columns: ["label", "age"] } })).to.deep.include({
      counts: [2],
      names: null,
    });
  });

  for (const [what, changes, counts] of [
    ["the label by default", {}, [2]],
    ["the label and the weight", { hyperparameters: { csv_weights: "1" } }, [1]],
    ["what label_size says", { contentType: "text/csv;label_size=0" }, [3]],
    ["nothing where an algorithm learns without labels", { algorithm: "pca" }, [3]],
    ["the label or nothing in an image of one's own", { algorithm: null }, [2, 3]],
    [
      "the label that ETL names, in an image of one's own",
      { algorithm: null, etlReport: { label: "price" } },
      [2],
    ],
    [
      "nothing where ETL says that there is no label, in an image of one's own",
      { algorithm: null, etlReport: { label: null } },
      [3],
    ],
  ] as [string, Partial<TrainingContent>, number[]][]) {
    it(`leaves out ${what}`, () => {
      expect(schema(changes)).to.deep.include({ kind: "features", counts });
    });
  }

  it("allows missing values only where the algorithm knows them and ETL left them in", () => {
    expect(schema({})).to.include({ missing: "allowed" });
    expect(schema({ algorithm: "linear-learner" })).to.include({ missing: "refused" });
    expect(schema({ etlReport: { missing: "mean" } })).to.include({ missing: "refused" });
  });

  it("takes the number of features from feature_dim where the data are no CSV", () => {
    const contentType = "application/x-recordio-protobuf";

    expect(
      schema({ algorithm: "kmeans", contentType, hyperparameters: { feature_dim: "17" } }),
    ).to.deep.include({ kind: "features", counts: [17], names: null });
  });

  it("takes it from ETL's report where the data are libsvm of which nothing names the columns", () => {
    const etlReport = { columns: null, features: 8, missing: "error" };

    expect(schema({ contentType: "text/libsvm", firstLine: undefined, etlReport })).to.deep.include(
      { kind: "features", counts: [8], names: null, missing: "refused" },
    );
  });

  for (const [what, changes] of [
    ["data in libsvm", { contentType: "text/libsvm", firstLine: undefined }],
    ["data that are not looked at", { firstLine: undefined }],
    ["an empty first line", { firstLine: "" }],
    ["columns between semicolons", { firstLine: "1;2;3" }],
    ["an algorithm for images", { algorithm: "image-classification" }],
    ["an algorithm for time series", { algorithm: "forecasting-deepar" }],
  ] as [string, Partial<TrainingContent>][]) {
    it(`says that it knows nothing of the rows of ${what}`, () => {
      expect(schema(changes)).to.include({ kind: "unknown" });
    });
  }

  it("has the vocabularies of Object2Vec, of the second encoder its own or the first's", () => {
    const sizes = { enc0_vocab_size: "11", enc1_vocab_size: "7" };
    const inputs = (hyperparameters: Record<string, string>) =>
      schema({ algorithm: "object2vec", contentType: "application/jsonlines", hyperparameters });

    expect(inputs({ ...sizes, enc1_network: "pooled_embedding" })).to.deep.equal({
      kind: "sequences",
      inputs: { in0: { vocabularySize: 11 }, in1: { vocabularySize: 7 } },
    });
    for (const shared of [sizes, { ...sizes, enc1_network: "enc0" }]) {
      expect(inputs(shared)).to.deep.include({
        inputs: { in0: { vocabularySize: 11 }, in1: { vocabularySize: 11 } },
      });
    }
  });

  it("has two texts a row for IP Insights", () => {
    expect(schema({ algorithm: "ip-insights" })).to.deep.equal({ kind: "texts", count: 2 });
  });
});
