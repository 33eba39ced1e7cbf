import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { allEnded } from "../../handlers/all-ended.ts";

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
