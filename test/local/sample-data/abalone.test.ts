import { expect } from "chai";
import { abaloneLibsvm } from "../../../local/sample-data/abalone.ts";

describe("sample shells", () => {
  const rows = (text: string): number[][] =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ (?:\d+:)?/).map(Number));

  it("are 4,000 lines of libsvm: rings, a sex and seven measurements above 0", () => {
    const text = abaloneLibsvm();

    expect(text.split("\n")[0]).to.match(/^\d+ 1:[123]( [2-8]:\d\.\d{4}){7}$/);
    const shells = rows(text);
    expect(shells).to.have.length(4000);
    expect(new Set(shells.map((shell) => shell[1]))).to.deep.equal(new Set([1, 2, 3]));
    for (const shell of shells) {
      expect(shell).to.have.length(9);
      for (const value of shell) expect(value).to.be.above(0);
    }
  });

  it("are the same for the same seed, and begin alike whatever their number", () => {
    const few = abaloneLibsvm({ rows: 20, seed: 3 });

    expect(abaloneLibsvm({ rows: 20, seed: 3 })).to.equal(few);
    expect(abaloneLibsvm({ rows: 60, seed: 3 }).startsWith(few)).to.equal(true);
    expect(abaloneLibsvm({ rows: 20, seed: 4 })).not.to.equal(few);
  });

  it("have more rings the longer they are, in a curve", () => {
    const shells = rows(abaloneLibsvm()).sort((a, b) => Number(a[2]) - Number(b[2]));
    const meanRings = (from: number): number =>
      shells.slice(from, from + 1000).reduce((sum, shell) => sum + Number(shell[0]), 0) / 1000;
    const means = [0, 1000, 2000, 3000].map(meanRings);

    expect(means).to.deep.equal([...means].sort((a, b) => a - b));
    const [shortest = 0, short = 0, long = 0, longest = 0] = means;
    expect(longest - long).to.be.above(1.2 * (short - shortest));
  });
});
