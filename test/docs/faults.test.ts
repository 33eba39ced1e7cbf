import { readFileSync } from "node:fs";
import { expect } from "chai";
import { faultMenu } from "../../local/faults/menu.ts";

describe("docs/faults.md", () => {
  it("has a row for each fault of the menu, with its target, in the menu's order", () => {
    const page = readFileSync(new URL("../../docs/faults.md", import.meta.url), "utf8");
    const rows = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, fault]) => fault);

    const menu = Object.entries(faultMenu).map(([name, entry]) => {
      if (!("target" in entry)) return name;
      const target = `=${entry.target.placeholder}`;
      return name + (entry.target.otherwise === "required" ? target : `[${target}]`);
    });
    expect(rows).to.deep.equal(menu);
  });
});
