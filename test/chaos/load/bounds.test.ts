import { expect } from "chai";
import { beyondBounds, mostMegabytes } from "./bounds.ts";
import type { Peak, WatchedKind } from "./memory-watch.ts";

describe("bounds of processes and memory", () => {
  const one: Peak = { processes: 1, megabytes: 100 };
  const usual: [WatchedKind, Peak][] = [
    ["this command", one],
    ["ministack", one],
    ["spark's Java", one],
    ["serving", one],
  ];
  const seen = (more: [WatchedKind, Peak][] = [], totalMegabytes = 400) => ({
    peaks: () => [...usual, ...more],
    totalMegabytes,
  });

  it("are kept by a few processes", () => {
    expect(beyondBounds(seen())).to.deep.equal([]);
  });

  it("are told where they are passed", () => {
    const many = seen([["training", { processes: 10, megabytes: 1 }]], mostMegabytes + 1);

    expect(beyondBounds(many)).to.deep.equal([
      "10 processes of training, 9 allowed",
      `${mostMegabytes + 1} MB, ${mostMegabytes} allowed`,
    ]);
  });

  it("say nothing where nothing was seen", () => {
    const nothing = { peaks: () => [], totalMegabytes: 0 };

    expect(beyondBounds(nothing)).to.deep.equal([
      "no process of this command seen",
      "no process of ministack seen",
      "no process of spark's Java seen",
      "no process of serving seen",
    ]);
  });
});
