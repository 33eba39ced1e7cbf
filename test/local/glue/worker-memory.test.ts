import { expect } from "chai";
import { heapMegabytes } from "../../../local/glue/worker-memory.ts";

const laptop = 24 * 2 ** 30;

describe("heap of a Glue worker type on this machine", () => {
  for (const [type, megabytes] of [
    ["G.025X", 512],
    ["G.1X", 2048],
    ["G.2X", 4096],
    ["R.2X", 8192],
    [undefined, 2048],
  ] as const) {
    it(`is an eighth of its memory: ${megabytes} MB for ${type ?? "a job without a type"}`, () => {
      expect(heapMegabytes(type, undefined, laptop)).to.equal(megabytes);
    });
  }

  it("is a third of the machine's memory at most", () => {
    expect(heapMegabytes("G.16X", undefined, laptop)).to.equal(8192);
  });

  it("is the share that was asked for", () => {
    expect(heapMegabytes("G.1X", 1 / 4, laptop)).to.equal(4096);
  });
});
