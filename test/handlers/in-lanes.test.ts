import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { allEnded, inLanes } from "../../handlers/in-lanes.ts";

describe("inLanes", () => {
  it("works on every item with its place, never on more than the lanes at a time", async () => {
    const seen: [string, number][] = [];
    let atWork = 0;
    let most = 0;

    await inLanes(2, ["a", "b", "c", "d", "e"], async (item, index) => {
      most = Math.max(most, ++atWork);
      await delay(1);
      atWork--;
      seen.push([item, index]);
    });

    expect(new Map(seen)).to.deep.equal(
      new Map([
        ["a", 0],
        ["b", 1],
        ["c", 2],
        ["d", 3],
        ["e", 4],
      ]),
    );
    expect(most).to.equal(2);
  });

  it("begins nothing after a failure, and throws it when what was begun has ended", async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    let taken = 0;
    async function* source() {
      for (taken = 0; taken < 10; taken++) yield taken;
    }

    const failure = await inLanes(3, source(), async (item) => {
      begun.push(item);
      if (item === 1) throw new Error("item 1");
      await delay(20);
      ended.push(item);
    }).catch((error: Error) => error.message);

    expect(failure).to.equal("item 1");
    expect(begun).to.deep.equal([0, 1, 2]);
    expect(ended).to.have.members([0, 2]);
    expect(taken).to.be.below(10);
  });

  it("throws what the source throws", async () => {
    async function* source() {
      yield 1;
      throw new Error("no more");
    }

    const failure = await inLanes(2, source(), async () => {}).catch((error) => error.message);

    expect(failure).to.equal("no more");
  });
});

describe("allEnded", () => {
  it("gives all results in order", async () => {
    expect(await allEnded([delay(5, "slow"), Promise.resolve("fast")])).to.deep.equal([
      "slow",
      "fast",
    ]);
  });

  it("throws the first failure in time, once all have ended", async () => {
    let ended = false;
    const slow = delay(20).then(() => {
      ended = true;
      throw new Error("late");
    });

    const failure = await allEnded([slow, Promise.reject(new Error("early"))]).catch(
      (error) => error.message,
    );

    expect(failure).to.equal("early");
    expect(ended).to.equal(true);
  });
});
