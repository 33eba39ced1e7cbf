import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { clearKilledCommands } from "../../../local/engine/killed-commands.ts";

describe("clearKilledCommands", () => {
  let backend: string;
  let locks: string;
  let stacks: string;
  beforeEach(async () => {
    backend = await mkdtemp(join(tmpdir(), "killed-commands-"));
    locks = join(backend, ".pulumi/locks/organization/shop/dev");
    stacks = join(backend, ".pulumi/stacks/shop");
    await Promise.all([locks, stacks].map((folder) => mkdir(folder, { recursive: true })));
  });
  afterEach(() => rm(backend, { recursive: true }));

  const lock = async (name: string, pid: number, host = hostname()) => {
    await writeFile(join(locks, `${name}.json`), JSON.stringify({ pid, hostname: host }));
    await writeFile(join(locks, `${name}.json.attrs`), "{}");
  };
  const write = (name: string, text: string) => writeFile(join(stacks, name), text);
  const clear = () => clearKilledCommands(backend, "shop", "dev");

  it("removes the lock of a process that is gone", async () => {
    await lock("a", 2 ** 30);

    await clear();

    expect(await readdir(locks)).to.deep.equal([]);
  });

  for (const [whose, pid, host] of [
    ["a process that runs", process.pid, hostname()],
    ["another machine", 2 ** 30, "elsewhere"],
  ] as const) {
    it(`leaves the lock of ${whose}, and the state that is being written`, async () => {
      await lock("a", pid, host);
      await write("dev.json", '{ "ver');
      await write("dev.json.bak", "{}");

      await clear();

      expect(await readdir(locks)).to.have.length(2);
      expect(await readFile(join(stacks, "dev.json"), "utf8")).to.equal('{ "ver');
    });
  }

  it("goes back to the state before where one was being written", async () => {
    await write("dev.json", '{ "ver');
    await write("dev.json.attrs", "{}");
    await write("dev.json.bak", '{ "version": 3 }');

    await clear();

    expect(await readFile(join(stacks, "dev.json"), "utf8")).to.equal('{ "version": 3 }');
    expect(await readdir(stacks)).to.deep.equal(["dev.json"]);
  });

  it("leaves a whole state as it is, without attributes that are not", async () => {
    await write("dev.json", '{ "version": 3 }');
    await write("dev.json.attrs", "");
    await write("dev.json.bak", "");

    await clear();

    expect(await readFile(join(stacks, "dev.json"), "utf8")).to.equal('{ "version": 3 }');
    expect(await readdir(stacks)).to.deep.equal(["dev.json", "dev.json.bak"]);
  });

  it("has nothing to do where there was no command yet", async () => {
    await clearKilledCommands(join(backend, "none"), "shop", "dev");
  });
});
