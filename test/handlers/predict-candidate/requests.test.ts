import { expect } from "chai";
import fc from "fast-check";
import { type Batch, batches, testRow } from "../../../handlers/predict-candidate/requests.ts";
import { chosenRows } from "../../../handlers/predict-candidate/test-rows.ts";

async function* of(lines: string[]): AsyncGenerator<string> {
  yield* lines;
}

async function bodies(lines: string[], limits: { bytes: number; rows: number }) {
  const made: Batch[] = [];
  for await (const batch of batches("csv", of(lines), limits)) made.push(batch);
  return made;
}

describe("requests for predictions", () => {
  it("ask without the label", () => {
    expect(testRow("csv", "3.5,1,2")).to.deep.equal({ label: 3.5, line: "1,2" });
    expect(testRow("libsvm", "3 1:2 4:5")).to.deep.equal({ label: 3, line: "0 1:2 4:5" });
    expect(testRow("libsvm", "3")).to.deep.equal({ label: 3, line: "0" });
  });

  it("refuse a row without a label, which would count as one of 0", () => {
    for (const [format, line, label] of [
      ["csv", ",1,2", ""],
      ["csv", "price,1", "price"],
      ["libsvm", " 1:2", ""],
    ] as const) {
      expect(() => testRow(format, line)).to.throw(
        `a row of the test split has "${label}" as its label`,
      );
    }
  });

  it("hold every row once, in order, within bytes and rows", async () => {
    const line = fc.stringMatching(/^[0-9a-zé]{1,12}$/);
    const limits = fc.record({
      bytes: fc.integer({ min: 30, max: 80 }),
      rows: fc.integer({ min: 1, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), limits, async (lines, limit) => {
        const made = await bodies(lines, limit);
        expect(made.flatMap(({ body }) => body.split("\n"))).to.deep.equal(lines);
        for (const { body, rows } of made) {
          expect(Buffer.byteLength(body)).to.be.at.most(limit.bytes);
          expect(body.split("\n")).to.have.length(rows);
          expect(rows).to.be.at.most(limit.rows);
        }
      }),
    );
  });

  it("of libsvm end in a row with a feature, since XGBoost counts none after it", async () => {
    const lines = ["0 1:2", "0", "0", "0", "0 3:4"];
    const made: Batch[] = [];

    for await (const batch of batches("libsvm", of(lines), { bytes: 99, rows: 2 }))
      made.push(batch);

    expect(made).to.deep.equal([
      { body: "0 1:2\n0\n0 1:2", rows: 2, oneMore: true },
      { body: "0\n0\n0 1:2", rows: 2, oneMore: true },
      { body: "0 3:4", rows: 1, oneMore: false },
    ]);
  });

  it("refuse a row that none can hold", async () => {
    let message = "";
    await bodies(["1", "x".repeat(50)], { bytes: 40, rows: 9 }).catch((error: Error) => {
      message = error.message;
    });

    expect(message).to.equal("a test row has 51 bytes, and a request holds 40");
  });
});

describe("rows that are asked about", () => {
  it("are all, or exactly as many as wanted, the same for the same seed", () => {
    const parameters = fc.tuple(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 300 }),
      fc.integer(),
    );
    fc.assert(
      fc.property(parameters, ([total, samples, seed]) => {
        const rows = Array.from({ length: total }, (_, row) => row);
        const chosen = rows.filter(chosenRows(total, samples, seed));
        expect(chosen).to.have.length(Math.min(samples, total));
        expect(rows.filter(chosenRows(total, samples, seed))).to.deep.equal(chosen);
        expect(rows.filter(chosenRows(total, "all", seed))).to.deep.equal(rows);
      }),
    );
  });

  it("are chosen evenly", () => {
    const counts = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 4000; seed++) {
      const isChosen = chosenRows(20, 5, seed);
      for (let row = 0; row < 20; row++) counts[row] = (counts[row] ?? 0) + Number(isChosen(row));
    }

    for (const count of counts) expect(count).to.be.within(850, 1150);
  });
});
