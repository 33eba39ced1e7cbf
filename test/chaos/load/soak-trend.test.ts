import { expect } from "chai";
import type { SoakSample } from "./soak.ts";
import { trends, warmUpRuns } from "./soak-trend.ts";

const sample = (changes: Partial<SoakSample> = {}): SoakSample => ({
  kind: "update",
  outcome: "deployed",
  seconds: 2,
  megabytes: { ministack: 150, command: 300, all: 2000 },
  processes: 12,
  diskMegabytes: 100,
  models: 2,
  configs: 2,
  ...changes,
});

const runs = warmUpRuns + 80;

/** What grew, of runs that are as `changes` say. */
function grown(changes: (i: number) => Partial<SoakSample>): string[] {
  const samples = Array.from({ length: runs }, (_, i) => sample(changes(i)));
  return trends(samples).flatMap(({ what, last, most }) => (last > most ? [what] : []));
}

describe("what grows from run to run", () => {
  it("is nothing where all runs are alike", () => {
    expect(grown(() => ({}))).to.deep.equal([]);
  });

  it("leaves out the first runs, in which all still starts", () => {
    const first = { seconds: 0.1, processes: 1, models: 0, configs: 0 };

    expect(grown((i) => (i < warmUpRuns ? first : {}))).to.deep.equal([]);
  });

  it("is not what one run out of many takes", () => {
    expect(grown((i) => (i === runs - 1 ? { seconds: 60, processes: 90 } : {}))).to.deep.equal([]);
  });

  for (const [what, changes] of [
    ["seconds of a run", (i: number) => ({ seconds: 2 + i / 30 })],
    ["processes", (i: number) => ({ processes: 12 + Math.floor(i / 10) })],
    ["MB on disk", (i: number) => ({ diskMegabytes: 100 + 3 * i })],
    ["models", (i: number) => ({ models: 2 + Math.floor(i / 20) })],
    ["endpoint configs", (i: number) => ({ configs: 2 + Math.floor(i / 20) })],
    [
      "MB of ministack",
      (i: number) => ({ megabytes: { ministack: 150 + 2 * i, command: 300, all: 2000 } }),
    ],
    [
      "MB of the command",
      (i: number) => ({ megabytes: { ministack: 150, command: 300 + 4 * i, all: 2000 } }),
    ],
    [
      "MB of all processes",
      (i: number) => ({ megabytes: { ministack: 150, command: 300, all: 2000 + 20 * i } }),
    ],
  ] as const) {
    it(`is ${what} where each run adds to it`, () => {
      expect(grown(changes)).to.deep.equal([what]);
    });
  }
});
