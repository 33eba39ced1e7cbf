import { expect } from "chai";
import { changedPaths } from "../../../local/engine/detailed-diff.ts";
import { Asset } from "../../../local/provider/asset.ts";

describe("changedPaths", () => {
  const cases: [what: string, before: unknown, after: unknown, [string, string][]][] = [
    ["nothing where nothing differs", { a: [1] }, { a: [1] }, []],
    ["a value that came", undefined, 1, [["p", "add"]]],
    ["a value that went", 1, null, [["p", "delete"]]],
    ["a value that changed", 1, 2, [["p", "update"]]],
    ["null and absent as one", null, undefined, []],
    [
      "keys of a map",
      { gone: 1, kept: 1, other: 1 },
      { kept: 1, new: 1, other: 2 },
      [
        ["p.gone", "delete"],
        ["p.other", "update"],
        ["p.new", "add"],
      ],
    ],
    ["keys that are no words in quotes", { "a.b": 1 }, { "a.b": 2 }, [['p["a.b"]', "update"]]],
    ["items of a list", [{ days: 1 }, 2], [{ days: 3 }, 2], [["p[0].days", "update"]]],
    ["lists of different lengths whole", [1], [1, 2], [["p", "update"]]],
    ["assets whole", new Asset({ text: "a" }), new Asset({ text: "b" }), [["p", "update"]]],
  ];

  for (const [what, before, after, expected] of cases) {
    it(`tells ${what}`, () => {
      expect(changedPaths("p", before, after)).to.deep.equal(expected);
    });
  }
});
