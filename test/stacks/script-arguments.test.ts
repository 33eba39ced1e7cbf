import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { comparisonArguments, pipelineArguments } from "../../stacks/etl-arguments.ts";
import { scriptArguments } from "../../stacks/script-arguments.ts";

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
const guide = read("docs/etl-scripts.md");

/** Names in the script's dictionary `name`. */
function namesIn(name: string, text: string): string[] {
  const [, entries = ""] = new RegExp(`^${name} = \\{(.*?)\\}`, "ms").exec(text) ?? [];
  return [...entries.matchAll(/"(\w+)":/g)].map(([, key = ""]) => key);
}

/** Arguments of the script's calls of `reader`, by the name of the argument that it reads. */
function callsOf(reader: string, text: string): [string, string][] {
  const calls = text.matchAll(new RegExp(`${reader}\\(options, "(\\w+)", (.*?)\\)`, "g"));
  return [...calls].map(([, name = "", rest = ""]) => [name, rest]);
}

describe("the table of scripts' arguments", () => {
  it("has all of the project's own scripts", () => {
    const files = readdirSync(new URL("../../glue", import.meta.url));

    const scripts = files.filter((name) => name.endsWith(".py")).map((name) => `glue/${name}`);

    expect(Object.keys(scriptArguments).sort()).to.deep.equal(scripts.sort());
  });

  for (const [script, taken] of Object.entries(scriptArguments)) {
    const text = read(script);
    const shared = text.includes("from csv_etl.arguments import DEFAULTS");
    const ofRuns = shared ? pipelineArguments : comparisonArguments;

    it(`agrees with the DEFAULTS of ${script}`, () => {
      const names = [
        ...(shared ? namesIn("DEFAULTS", read("glue/lib/csv_etl/arguments.py")) : []),
        ...namesIn("(?:OWN_)?DEFAULTS", text),
      ].filter((name) => !Object.hasOwn(ofRuns, name));

      expect(names).to.have.members(Object.keys(taken));
    });

    it(`agrees with the values that ${script} takes`, () => {
      const read = {
        ...Object.fromEntries(Object.keys(taken).map((name) => [name, "any"])),
        ...Object.fromEntries(
          callsOf("one_of", text).map(([name, list]) => [name, JSON.parse(list)]),
        ),
        ...Object.fromEntries(
          callsOf("whole_number", text).map(([name, least]) => [
            name,
            { least: least === "None" ? undefined : Number(least) },
          ]),
        ),
      };
      const own = Object.entries(read).filter(([name]) => !Object.hasOwn(ofRuns, name));

      expect(Object.fromEntries(own)).to.deep.equal(taken);
    });

    it(`is what the guide says of ${script}`, () => {
      const [, section = ""] = guide.split(`### ${script.replace("glue/", "")}\n`);
      const text = `${guide.split("## The scripts")[1]?.split("### ")[0]}${section.split("\n#")[0]}`;

      for (const name of Object.keys(taken)) expect(text).to.contain(`\`${name}\``);
    });
  }
});
