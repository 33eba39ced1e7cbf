import { expect } from "chai";
import { Bench, inOrder } from "./bench.ts";
import type { Experiment } from "./experiment.ts";
import { outcomeTable } from "./outcome-table.ts";

const experiment = (name: string, run: () => Promise<string>): Experiment => ({
  name,
  promise: "no-upload-lost",
  expected: "nothing lost",
  quick: false,
  standalone: true,
  run,
});

describe("the bench of experiments", () => {
  const bench = new Bench();
  const seeing = (seen: string) => bench.perform(experiment("some", async () => seen));

  it("says that a promise holds when what was expected was seen, and only then", async () => {
    expect(await seeing("nothing lost")).to.include({ holds: true });
    expect(await seeing("nothing lost, almost")).to.include({ holds: false });
  });

  it("goes on when an experiment does not work out, and says why", async () => {
    const broken = experiment("broken", () => Promise.reject(new Error("no cloud")));

    expect(await bench.perform(broken)).to.include({ holds: false, seen: "error: no cloud" });
  });

  it("has those that share a cloud come first", () => {
    const alone = experiment("alone", async () => "");
    const { standalone, ...rest } = alone as Extract<Experiment, { standalone: true }>;
    const shared: Experiment = { ...rest, name: "shared" };
    const own: Experiment = { ...rest, name: "own", ownCloud: {} };

    const names = inOrder([alone, own, shared]).map(({ name }) => name);
    expect(names).to.deep.equal(["shared", "alone", "own"]);
  });

  it("makes one table, with what was seen where it was another thing, and the totals", async () => {
    const outcomes = [await seeing("nothing lost"), await seeing(`lost\n${"x".repeat(500)}`)];

    const lines = outcomeTable(outcomes.map((outcome) => ({ ...outcome, seconds: 1 }))).split("\n");
    expect(lines[0]).to.match(/^experiment +\| expected +\| seen +\| s$/);
    expect(lines[2]).to.match(/^✔ some +\| nothing lost \| as expected +\| 1\.0$/);
    expect(lines[3]).to.match(/^✘ some +\| nothing lost \| lost x+… +\| 1\.0$/);
    expect(lines[3]?.length).to.be.lessThan(200);
    expect(lines.at(-1)).to.equal("2 experiments: 1 as expected, 1 not; 2 s");
    expect(outcomeTable(outcomes.slice(0, 1))).to.match(/^1 experiment: 1 as expected, 0 not; /m);
  });
});
