import { expect } from "chai";
import { growingPauses, untilNone } from "../../../handlers/clean-up-runs/until-none.ts";

describe("untilNone", () => {
  it("looks again until nothing is left", async () => {
    const looks = [["a", "b"], ["b"], []];
    let pauses = 0;

    await untilNone(
      async () => looks.shift() ?? [],
      async () => {
        pauses += 1;
        return true;
      },
    );

    expect(looks).to.deep.equal([]);
    expect(pauses).to.equal(2);
  });

  it("says what is left when there is no time", async () => {
    const error = await untilNone(
      async () => ["endpoint churn (Creating)", "model x"],
      async () => false,
    ).catch((e) => e);

    expect(error).to.include({
      name: "StillThere",
      message: "endpoint churn (Creating), model x: still there. Try again in some minutes",
    });
  });
});

describe("growingPauses", () => {
  it("pauses as long as there is time left, longer each time", async () => {
    const slept: number[] = [];
    const pause = growingPauses(
      () => 15_700,
      async (milliseconds) => slept.push(milliseconds),
    );

    const answers = [await pause(), await pause(), await pause()];

    expect(answers).to.deep.equal([true, true, false]); // 1000 ms, and 15 s for the answer, are too much
    expect(slept).to.deep.equal([250, 500]);
  });
});
