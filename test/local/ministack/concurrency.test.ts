import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { projectRoot } from "../../../local/setup/node-packages.mjs";
import { interpreter } from "../../../local/setup/python-environments.mjs";

describe("invocations at the concurrency limit", () => {
  it("get a place in the order of their arrival, whoever comes as it is freed", async () => {
    const { stdout } = await promisify(execFile)(
      await interpreter("cloud"),
      [join(import.meta.dirname, "line-of-invocations.py")],
      { env: { PYTHONPATH: join(projectRoot, "local/ministack") }, timeout: 30_000 },
    );

    expect(JSON.parse(stdout)).to.deep.equal(Array.from({ length: 20 }, (_, i) => i));
  });
});
