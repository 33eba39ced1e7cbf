import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { StateFile, type StoredResource } from "../../../local/provider/state-file.ts";

const place = { project: "shop", stack: "test" };

function queue(name: string): StoredResource {
  return {
    urn: `urn:pulumi:test::shop::aws:sqs/queue:Queue::${name}`,
    type: "aws:sqs/queue:Queue",
    name,
    id: `http://queues/${name}`,
    inputs: { name },
    outputs: { name, url: `http://queues/${name}` },
    secretDigests: {},
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
  };
}

describe("state file", () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "state-file-test-"));
    path = join(folder, "new", "state.json");
  });

  afterEach(() => rm(folder, { recursive: true }));

  const failureOf = (file: StateFile) =>
    file.load(place).then(
      () => "",
      (error: Error) => error.message,
    );

  it("is an empty stack where there is none", async () => {
    expect(await new StateFile(path).load(place)).to.deep.equal({
      ...place,
      resources: [],
      pendingDeletes: [],
    });
  });

  it("gives back what was saved last, of many saves at once", async () => {
    const file = new StateFile(path);
    const state = { ...place, resources: [] as StoredResource[], pendingDeletes: [queue("old")] };
    const saves = ["a", "b", "c"].map((name) => {
      state.resources.push(queue(name));
      return file.save(state);
    });
    await Promise.all(saves);

    expect(await new StateFile(path).load(place)).to.deep.equal(state);
    expect(await readdir(join(folder, "new"))).to.deep.equal(["state.json"]);
  });

  it("is refused in a version that is not known", async () => {
    const file = new StateFile(path);
    await file.save({ ...place, resources: [], pendingDeletes: [] });
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace('"version": 1', '"version": 2'));

    expect(await failureOf(file)).to.match(/state\.json has version 2; this program reads 1/);
  });

  it("is refused when it is broken, by its name", async () => {
    const broken = join(folder, "broken.json");
    await writeFile(broken, '{"version": 1, "reso');

    expect(await failureOf(new StateFile(broken))).to.match(/broken\.json is no state file: /);
  });
});
