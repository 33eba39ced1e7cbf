import { expect } from "chai";
import fc from "fast-check";
import { versionsToDelete } from "../../handlers/prune-versions/versions-to-delete.ts";
import type { Version } from "../../handlers/run-versions.ts";

const day = (number: number) => new Date(Date.UTC(2026, 0, number));

function version(name: string, number: number): Version {
  return { name, arn: `arn:${name}`, createdAt: day(number) };
}

describe("versionsToDelete", () => {
  const five = [1, 2, 3, 4, 5].map((number) => version(`v${number}`, number));

  for (const [keep, deployed, running, deleted] of [
    [3, "v5", [], ["v2", "v1"]],
    [1, "v5", [], ["v4", "v3", "v2", "v1"]],
    [5, "v5", [], []],
    [9, "v5", [], []],
    [1, "v2", [], ["v5", "v4", "v3", "v1"]],
    [2, "v2", [], ["v4", "v3", "v1"]],
    [1, "v2", ["v4"], ["v5", "v3", "v1"]],
    [3, "v1", ["v2", "v3"], []],
    [2, "v1", ["v2"], ["v4", "v3"]],
  ] as const) {
    it(`deletes ${deleted.join(", ") || "nothing"} of five, ${keep} kept, ${deployed} deployed, ${running.join(", ") || "none"} of a run in progress`, () => {
      const inUse = new Set([deployed, ...running]);
      const doomed = versionsToDelete(five, { keep, deployed, inUse, failed: new Set() });

      expect(doomed.map(({ name }) => name)).to.deep.equal(deleted);
    });
  }

  it("keeps what is in use and, what was deployed first, the newest that did not fail, and leaves no other", () => {
    const versions = fc.uniqueArray(
      fc.record({
        name: fc.string({ minLength: 1 }),
        arn: fc.constant("arn"),
        createdAt: fc.date({ noInvalidDate: true }),
      }),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(
        versions,
        fc.integer({ min: 1, max: 10 }),
        fc.nat(20),
        fc.array(fc.nat(20)),
        fc.array(fc.nat(20)),
        (all, keep, last, used, broken) => {
          const named = (indices: number[]) =>
            new Set(indices.map((index) => all[index]?.name).filter((name) => name !== undefined));
          const deployed = all[last]?.name ?? "gone";
          const failed = named(broken);
          const inUse = new Set([deployed, ...named(used)]);
          const good = all.filter(({ name }) => !failed.has(name));

          const doomed = versionsToDelete(all, { keep, deployed, inUse, failed });
          const deleted = doomed.map(({ name }) => name);

          const left = all.filter(({ name }) => !deleted.includes(name));
          const goodLeft = left.filter(({ name }) => !failed.has(name));
          expect(goodLeft.length).to.be.at.least(Math.min(keep, good.length));
          for (const name of failed) expect(deleted.includes(name)).to.equal(!inUse.has(name));
          expect(left.filter(({ name }) => !inUse.has(name)).length).to.be.at.most(keep);
          for (const name of inUse) expect(deleted).not.to.include(name);
          for (const name of deleted.filter((each) => !failed.has(each))) {
            const gone = all.find((each) => each.name === name);
            const before = goodLeft.filter(
              (each) => each.name === deployed || (gone && each.createdAt >= gone.createdAt),
            );
            expect(before.length).to.be.at.least(keep);
          }
        },
      ),
    );
  });
});
