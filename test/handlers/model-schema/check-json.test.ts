import { expect } from "chai";
import { checkRequest } from "../../../handlers/model-schema/check-request.ts";
import type { RowSchema } from "../../../handlers/model-schema/model-schema.ts";

const features: RowSchema = {
  kind: "features",
  counts: [3],
  names: ["age", "calls", "plan"],
  missing: "refused",
};
const sequences: RowSchema = {
  kind: "sequences",
  inputs: { in0: { vocabularySize: 10 }, in1: { vocabularySize: 5 } },
};

function check(rows: RowSchema, contentType: string, body: string) {
  const schema = {
    schemaVersion: 1 as const,
    title: "t",
    algorithm: null,
    trainedOn: contentType,
    rows,
  };
  try {
    return checkRequest(schema, contentType, Buffer.from(body));
  } catch (error) {
    return (error as Error).message;
  }
}

describe("checkRequest, of JSON", () => {
  const rowsOfFeatures: [string, string | undefined][] = [
    ['{"features": [1, 2, 3]}', undefined],
    ["[1, 2, 3]", undefined],
    ['{"data": {"features": {"values": [1, 2, 3]}}}', undefined],
    ['{"data": {"features": {"keys": [0, 2], "shape": [3], "values": [1, 1]}}}', undefined],
    ['{"features": [1, 2]}', "row 1: 2 features, and the model was trained on 3"],
    ['{"features": [1, null, 3]}', "row 1, column 2 (calls)"],
    ['{"features": [1, "2", 3]}', 'row 1, column 2 (calls), value "\\"2\\"": not a number'],
    ['{"features": [1, true, 3]}', "column 2 (calls)"],
    ['{"features": [1, 1e39, 3]}', "too large"],
    ['{"feature": [1, 2, 3]}', "no list of features"],
    ["7", "no list of features"],
    ["null", "no list of features"],
    ['{"data": {"features": {"values": "1"}}}', "no list of features"],
    [
      '{"data": {"features": {"keys": [0], "values": [1, 1]}}}',
      "not a key of its own for each of 2 values",
    ],
    ['{"data": {"features": {"keys": [3], "values": [1]}}}', "from 0 to 2"],
    ['{"data": {"features": {"shape": [4], "values": [1, 2, 3]}}}', "not the shape of a row of 3"],
  ];
  const rowsOfIds: [string, string | undefined][] = [
    ['{"in0": [0, 9], "in1": [4]}', undefined],
    ['{"in0": [0, 9]}', undefined],
    ['{"in1": [4]}', undefined],
    ['{"in0": [10], "in1": [4]}', 'row 1, column 1 (in0), value "10": no id of the model'],
    ['{"in0": [1], "in1": [5]}', "whole numbers from 0 to 4"],
    ['{"in0": [-1]}', "no id"],
    ['{"in0": [1.5]}', "no id"],
    ['{"in0": ["a"]}', "no id"],
    ['{"in0": []}', "in0 is no list of ids, or an empty one"],
    ['{"in0": 3}', "in0 is no list of ids, or an empty one"],
    ['{"label": 1}', "none of in0, in1"],
  ];
  for (const [kind, rows, cases] of [
    ["features", features, rowsOfFeatures],
    ["sequences", sequences, rowsOfIds],
  ] as const) {
    for (const [row, problem] of cases) {
      it(`${problem === undefined ? "sends" : "refuses"} ${row} where rows are ${kind}`, () => {
        const answers = [
          check(rows, "application/json", `{"instances": [${row}]}`),
          check(rows, "application/jsonlines", `${row}\n`),
        ];

        for (const answer of answers) {
          if (problem === undefined) expect(answer).to.equal(undefined);
          else expect(answer).to.contain(problem);
        }
      });
    }
  }

  it("names the row of many", () => {
    const good = '{"in0": [1], "in1": [1]}';

    expect(check(sequences, "application/jsonlines", `${good}\n{"in0": [99]}`)).to.contain("row 2");
    expect(check(sequences, "application/jsonlines", `${good}\n{in0: [9]}`)).to.match(
      /^row 2, value .*not JSON: .*Write one JSON object a line$/,
    );
  });

  for (const [body, part] of [
    ['{"instances": []}', "the request is empty"],
    ['{"rows": [[1, 2, 3]]}', 'no list "instances"'],
    ["[[1, 2, 3]]", 'no list "instances"'],
    ['{"instances": [{"features": [1, NaN, 3]}]}', "JSON has no NaN"],
    ["{", "not JSON"],
  ] as const) {
    it(`refuses ${body}`, () => {
      expect(check(features, "application/json", body)).to.contain(part);
    });
  }
});
