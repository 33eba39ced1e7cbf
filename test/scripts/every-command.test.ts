import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { projectRoot } from "../../local/setup/node-packages.mjs";

const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

/** All but those that hand their arguments to another program: the Pulumi CLI, and c8 around the tests. */
const programs = Object.entries(scripts)
  .filter(([name]) => name !== "pulumi:local" && name !== "coverage")
  .map(([name, command]) => [name, command.split(" ").at(-1) ?? ""] as const);

function run(program: string, argument: string) {
  const options = { cwd: projectRoot, timeout: 20_000 };
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [program, argument], options, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    );
  });
}

describe("every command of package.json", () => {
  for (const [name, program] of programs) {
    const called = name === "test" ? "npm test" : `npm run ${name}`;

    it(`${called} answers --help with its usage, and does nothing`, async () => {
      const { code, stdout, stderr } = await run(program, "--help");

      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      expect(stdout.startsWith(called), stdout.slice(0, 80)).to.equal(true);
    });

    it(`${called} refuses an option that it does not have`, async () => {
      const { code, stderr } = await run(program, "--nonsense");

      expect(code).to.equal(1);
      expect(stderr).to.contain("Unknown option '--nonsense'").and.to.not.contain("    at ");
    });
  }
});
