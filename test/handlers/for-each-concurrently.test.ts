import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { forEachConcurrently } from "../../handlers/for-each-concurrently.ts";

describe("forEachConcurrently", () => {
  it("works on every item with its place, never on more at a time than asked for", async () => {
    const seen: [string, number][] = [];
    let atWork = 0;
    let most = 0;

    await forEachConcurrently(2, ["a", "b", "c", "d", "e"], async (item, index) => {
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

    const failure = await forEachConcurrently(3, source(), async (item) => {
      begun.push(item);
      if (item === 1) throw new Error("item 1");
      await delay(20);
      ended.push(item);
    }).catch((error: Error) => error.message);

    expect(failure).to.equal("item 1");
    expect(begun).to.deep.equal([0, 1]);
    expect(ended).to.deep.equal([0]);
    expect(taken).to.be.below(10);
  });

  it("begins nothing that it waited for when another item failed", async () => {
    const begun: number[] = [];
    async function* slowly() {
      for (let item = 0; item < 10; item++) {
        await delay(5);
        yield item;
      }
    }

    const failure = await forEachConcurrently(4, slowly(), async (item) => {
      begun.push(item);
      throw new Error(`item ${item}`);
    }).catch((error: Error) => error.message);

    expect(failure).to.equal("item 0");
    expect(begun).to.deep.equal([0]);
  });

  it("throws what the source throws", async () => {
    async function* source() {
      yield 1;
      throw new Error("no more");
    }

    const failure = await forEachConcurrently(2, source(), async () => {}).catch(
      (error) => error.message,
    );

    expect(failure).to.equal("no more");
  });
});
