import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { ProjectFolder } from "../../../local/engine/project-folder.ts";

describe("ProjectFolder", () => {
  let project: string;
  let path: string;
  const config = "# why\nconfig:\n  aws:region: us-east-2\n";
  const own = () => readFile(join(project, "Pulumi.local.yaml"), "utf8");
  const engines = () => join(path, "Pulumi.local.yaml");

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), "project-folder-"));
    path = join(project, "state");
    await writeFile(join(project, "Pulumi.yaml"), "name: p\nruntime: nodejs\nmain: index.ts\n");
    await writeFile(join(project, "Pulumi.local.yaml"), config);
  });

  afterEach(() => rm(project, { recursive: true }));

  it("has the engine run the program where it is", async () => {
    const folder = await ProjectFolder.open(project, path);

    const copy = parse(await readFile(join(path, "Pulumi.yaml"), "utf8"));
    expect(copy).to.deep.equal({ name: "p", runtime: "nodejs", main: join(project, "index.ts") });
    expect(folder.project).to.equal("p");
  });

  it("keeps the salt of the local stack out of the project, from one command to the next", async () => {
    const first = await ProjectFolder.open(project, path);
    await writeFile(engines(), `encryptionsalt: v1:abc\n${config}`);
    await first.copyBack();
    await ProjectFolder.open(project, path);

    expect(await own()).to.equal(config);
    expect(parse(await readFile(engines(), "utf8")).encryptionsalt).to.equal("v1:abc");
  });

  it("takes changes of the config back, with their comments", async () => {
    const folder = await ProjectFolder.open(project, path);
    await writeFile(engines(), `encryptionsalt: v1:abc\n${config}  retraining:a: 1\n`);
    await folder.copyBack();

    expect(await own()).to.equal(`${config}  retraining:a: 1\n`);
  });

  it("takes the salt back where the config has secrets, which cannot be read without", async () => {
    const folder = await ProjectFolder.open(project, path);
    const secret = "  retraining:key:\n    secure: v1:xyz\n";
    await writeFile(engines(), `encryptionsalt: v1:abc\n${config}${secret}`);
    await folder.copyBack();

    expect(parse(await own())).to.have.property("encryptionsalt", "v1:abc");
  });

  it("takes back the file of a stack that the project has none of", async () => {
    const folder = await ProjectFolder.open(project, path);
    await writeFile(join(path, "Pulumi.new.yaml"), config);
    await folder.copyBack();

    expect(await readFile(join(project, "Pulumi.new.yaml"), "utf8")).to.equal(config);
  });

  it("follows changes that the user makes in the project", async () => {
    await ProjectFolder.open(project, path);
    await writeFile(join(project, "Pulumi.local.yaml"), `${config}  retraining:b: 2\n`);

    await ProjectFolder.open(project, path);

    expect(parse(await readFile(engines(), "utf8")).config).to.include({ "retraining:b": 2 });
  });
});
