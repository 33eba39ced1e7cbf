import { expect } from "chai";
import { corpora } from "./corpora.ts";

for (const [what, cases] of Object.entries(corpora)) {
  describe(`malformed ${what}`, () => {
    for (const { name, expected, seen } of cases) {
      it(`${name}: ${expected.slice(0, 70)}`, async () => {
        expect(await seen()).to.equal(expected);
      });
    }

    it("are told apart by their names", () => {
      const names = cases.map(({ name }) => name);
      expect(names.filter((name, i) => names.indexOf(name) !== i)).to.deep.equal([]);
    });
  });
}
