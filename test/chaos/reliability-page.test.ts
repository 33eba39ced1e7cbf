import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { projectRoot } from "../../local/setup/node-packages.mjs";
import { allExperiments } from "./all-experiments.ts";
import { promises } from "./promises.ts";
import { promisesWithoutRow, reliabilityPage } from "./reliability-page.ts";

describe("docs/reliability.md", () => {
  it("is what npm run chaos -- --document writes", async () => {
    const page = readFileSync(join(projectRoot, "docs", "reliability.md"), "utf8");

    expect(page === reliabilityPage(await allExperiments()), "run npm run chaos -- --document").to
      .be.true;
  });

  it("has an experiment for each promise", async () => {
    expect(promisesWithoutRow(await allExperiments())).to.deep.equal([]);
  });

  it("has a promise for each experiment", async () => {
    for (const { name, promise } of await allExperiments()) {
      expect(promises, name).to.have.property(promise);
    }
  });
});
