import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { projectRoot } from "../../local/setup/node-packages.mjs";
import { readStackFile } from "../../local/stack-file.ts";
import { parseStackConfig } from "../../stacks/config.ts";
import { retrainingStack } from "../../stacks/retraining-stack.ts";
import { settingValue } from "../../stacks/setting-value.ts";
import { record } from "../support/mocks.ts";
import { region } from "../support/pipeline.ts";

describe("README.md", () => {
  it("tells how many resources the demo creates", async () => {
    const readme = readFileSync(join(projectRoot, "README.md"), "utf8");
    const settings = await readStackFile(projectRoot, "local");
    const stack = parseStackConfig({
      stack: "local",
      region,
      settings: Object.keys(settings),
      pipelines: settingValue(settings["retraining:pipelines"]),
      comparisons: settingValue(settings["retraining:comparisons"]),
      projectRoot,
    });

    const { resources } = await record(() => retrainingStack(stack));

    expect(readme).to.match(new RegExp(`Deploy stack local .* ${resources.length} created$`, "m"));
  });
});
