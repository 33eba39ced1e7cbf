import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { projectRoot } from "../../local/setup/node-packages.mjs";

interface Ended {
  code: number | string | undefined;
  stdout: string;
  stderr: string;
}

function run(script: string, ...args: string[]): Promise<Ended> {
  const path = join(projectRoot, "scripts", script);
  return new Promise((resolve) => {
    execFile(process.execPath, [path, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe("a command", () => {
  it("names an option that it does not have, and shows its usage", async () => {
    const { code, stderr } = await run("algorithms.ts", "--nonsense");

    expect(code).to.equal(1);
    expect(stderr).to.match(/^Unknown option '--nonsense'\n\nnpm run algorithms \[/);
  });

  it("shows its usage on --help", async () => {
    const { code, stdout, stderr } = await run("algorithms.ts", "--help");

    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(/^npm run algorithms \[/);
  });
});
