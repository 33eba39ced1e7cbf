import { expect } from "chai";
import { checkRequest, maxBodyBytes } from "../../../handlers/model-schema/check-request.ts";
import type {
  FeatureRows,
  ModelSchema,
  RowSchema,
} from "../../../handlers/model-schema/model-schema.ts";

const features: FeatureRows = {
  kind: "features",
  counts: [3],
  names: ["age", "calls", "plan"],
  missing: "refused",
};
const sequences: RowSchema = {
  kind: "sequences",
  inputs: { in0: { vocabularySize: 10 }, in1: { vocabularySize: 5 } },
};

function check(rows: RowSchema | undefined, contentType: string, body: string | Uint8Array) {
  const schema: ModelSchema | undefined = rows && {
    schemaVersion: 1,
    title: "t",
    algorithm: "xgboost",
    trainedOn: "text/csv",
    rows,
  };
  try {
    return checkRequest(schema, contentType, Buffer.from(body));
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  }
}

describe("checkRequest", () => {
  for (const body of ["1,2,3", "1,2,3\n", "1,2,3\r\n4,5,6\r\n", " 1 ,-2.5e-3,+.5\n1.,0,3.4e38"]) {
    it(`sends ${JSON.stringify(body)}`, () => {
      expect(check(features, "text/csv", body)).to.equal(undefined);
    });
  }

  for (const [body, message] of [
    [
      "1,2,3\n1,2",
      'row 2, value "1,2": 2 columns, and the model was trained on 3. Add 1: plan, if those at the end are missing',
    ],
    [
      "0,1,2,3",
      'row 1, value "0,1,2,3": 4 columns, and the model was trained on 3. If the first column is the label, leave it out: a request has features alone',
    ],
    [
      "1,2,3,4,5",
      'row 1, value "1,2,3,4,5": 5 columns, and the model was trained on 3. Leave 2 columns out',
    ],
    [
      "1;2;3",
      'row 1, value "1;2;3": 1 columns, and the model was trained on 3. Separate columns by commas',
    ],
    ["1,2,3\n\n4,5,6", "row 2: an empty line. Leave it out"],
    [
      "age,calls,plan\n1,2,3",
      'row 1, value "age,calls,plan": a header, and the model would take it for a row. Leave the line with the names out',
    ],
    [
      "1,two,3",
      'row 1, column 2 (calls), value "two": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
    ],
    [
      '1,"2",3',
      'row 1, column 2 (calls), value "\\"2\\"": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
    ],
    [
      "1,0x10,3",
      'row 1, column 2 (calls), value "0x10": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
    ],
    [
      "1,2,-Infinity",
      'row 1, column 3 (plan), value "-Infinity": infinity is no feature. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
    ],
    [
      "1,1e39,3",
      'row 1, column 2 (calls), value "1e39": too large for a number of 32 bits, as models read them: it would be infinite. Write a number below 3.4e38',
    ],
    [
      "1,nan,3",
      'row 1, column 2 (calls), value "nan": a missing value, and the model was trained on none. Write the number that ETL would have put there, or leave the row out',
    ],
    [
      "1,,3",
      'row 1, column 2 (calls), value "": a missing value, and the model was trained on none. Write the number that ETL would have put there, or leave the row out',
    ],
    ["", "the request is empty. Give it a row or more"],
    ["\n \n", "the request is empty. Give it a row or more"],
    [
      "\ufeff1,2,3",
      "row 1: a byte order mark before the first value. Save the file as UTF-8 without one",
    ],
    [Buffer.from([0x31, 0xff]), "not UTF-8. Save the file as UTF-8, without a byte order mark"],
    [
      "1".repeat(maxBodyBytes + 1),
      "6291457 bytes, and InvokeEndpoint takes 6291456 (6 MB). Send fewer rows at a time",
    ],
  ] as const) {
    it(`refuses ${JSON.stringify(body.toString()).slice(0, 60)}: ${message.slice(0, 60)}`, () => {
      expect(check(features, "text/csv", body)).to.equal(`RequestRefused: ${message}`);
    });
  }

  it("sends missing values where the model was trained on rows that have some, and still no infinity", () => {
    const rows = { ...features, missing: "allowed" } as const;

    expect(check(rows, "text/csv", "1,,nan")).to.equal(undefined);
    expect(check(rows, "text/csv", "1,inf,3")).to.contain("infinity is no feature");
  });

  it("takes either number of columns where nothing says whether there was a label", () => {
    const rows = { ...features, counts: [2, 3], names: null };

    expect(check(rows, "text/csv", "1,2\n1,2,3")).to.equal(undefined);
    expect(check(rows, "text/csv", "1")).to.contain("trained on 2 or 3. Add 2");
  });

  it("checks what a content type with parameters holds", () => {
    expect(check(features, "text/csv; label_size=0", "1,2")).to.contain("2 columns");
  });

  for (const [type, rows] of [
    ["text/csv", "1,2"],
    ["text/libsvm", "a b"],
    ["application/json", '{"instances": [{"features": [1]}]}'],
  ] as const) {
    it(`says why it could not check ${type} where nothing is known of the rows`, () => {
      const why = "the data are elsewhere";

      expect(check({ kind: "unknown", why }, type, rows)).to.equal(why);
      expect(check(undefined, type, rows)).to.contain("no schema was stored with the model");
    });
  }

  it("looks at the size of what has no rows", () => {
    expect(check(features, "image/png", "x")).to.equal("image/png has no rows");
    expect(check(undefined, "image/png", "")).to.contain("the request is empty");
    expect(check(undefined, "image/png", "1".repeat(maxBodyBytes + 1))).to.contain("6 MB");
  });

  it("counts columns of texts without reading them", () => {
    const rows = { kind: "texts", count: 2 } as const;

    expect(check(rows, "text/csv", "account-17,192.0.2.44")).to.equal(undefined);
    for (const body of ["account-17", "account-17,", "a,b,c"]) {
      expect(check(rows, "text/csv", body)).to.contain("not 2 texts");
    }
  });

  for (const body of ["1:1 3:0.5", "0 1:1 3:0.5\n1 2:4\n", "0:1 2:1"]) {
    it(`sends ${JSON.stringify(body)} in libsvm`, () => {
      expect(check(features, "text/libsvm", body)).to.equal(undefined);
    });
  }

  for (const [body, part] of [
    ["4:1", "no pair of an index up to 3"],
    ["2:1 1:1", "no pair of an index up to 3, above those before it"],
    ["1:x", 'row 1, column 1, value "x": not a number'],
    ["1:nan", "a missing value"],
    ["1,2,3", "no feature at all"],
  ] as const) {
    it(`refuses ${JSON.stringify(body)} in libsvm`, () => {
      expect(check(features, "text/libsvm", body)).to.contain(part);
    });
  }

  it("checks sequences of ids", () => {
    expect(check(sequences, "application/jsonlines", '{"in0": [0, 9], "in1": [4]}\n')).to.equal(
      undefined,
    );
  });
});
