import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readStackFile } from "../../local/stack-file.ts";

describe("readStackFile", () => {
  let dir: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "retraining-stack-"));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  async function read(yaml: string) {
    await writeFile(join(dir, "Pulumi.local.yaml"), yaml);
    return readStackFile(dir, "local");
  }

  it("gives plain values as text and objects as JSON, as the engine does", async () => {
    const settings = await read(
      "config:\n  aws:region: us-east-2\n  p:on: true\n  p:list: {a: [1, x]}\n",
    );

    expect(settings).to.deep.equal({
      "aws:region": "us-east-2",
      "p:on": "true",
      "p:list": '{"a":[1,"x"]}',
    });
  });

  for (const [what, yaml, message] of [
    ["a secret", "config:\n  p:key: {secure: abc}\n", "p:key is a secret"],
    ["a config that is no map", "config: [1]\n", "map of settings"],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const error = await read(yaml).catch((e: Error) => e);

      expect((error as Error).message).to.contain(message);
    });
  }

  it("names the file that a stack without one would need", async () => {
    const error = await readStackFile(dir, "stage").catch((e: Error) => e);

    expect((error as Error).message).to.contain("Pulumi.stage.yaml");
  });
});
