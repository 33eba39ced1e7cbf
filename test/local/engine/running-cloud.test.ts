import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { announce, useCloud } from "../../../local/engine/engine-cloud.ts";
import { takeInventory } from "../../../local/engine/inventory.ts";
import { startLocalCloud } from "../../../local/local-cloud.ts";
import { startOfProcess } from "../../../local/processes/process-identity.ts";
import { removeFolder } from "../../../local/processes/remove-folder.ts";
import { region } from "./engine-cloud.ts";

describe("useCloud", () => {
  let stateDir: string;
  const ends: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), "running-cloud-"));
  });

  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    await removeFolder(stateDir);
  });

  it("takes the cloud that runs on the state folder, and leaves it running", async () => {
    const cloud = await startLocalCloud({ stateDir, region });
    ends.push(() => cloud.stop());
    const announced = await announce(cloud);
    ends.push(() => announced.release());

    const used = await useCloud(stateDir);
    await used.release();

    expect(used.providerPort).to.equal(announced.providerPort);
    expect(used.environment).to.deep.equal(cloud.environment);
    expect((await takeInventory(used.endpoint)).resources).to.deep.equal({});
  });

  it("starts one where the one that was announced has been killed, and ends it", async () => {
    // A process id that no system gives.
    const left = { pid: 2 ** 30, start: "1", endpoint: {}, environment: {}, providerPort: 1 };
    await writeFile(join(stateDir, "cloud.json"), JSON.stringify(left));

    const used = await useCloud(stateDir, region);
    const inventory = await takeInventory(used.endpoint);
    await used.release();

    expect(inventory.resources).to.deep.equal({});
    const refused = await fetch(used.endpoint.endpointUrl).catch((error: Error) => error);
    expect(refused).to.be.instanceOf(Error);
  });

  it("says how several commands can share a cloud, where one has its own", async () => {
    const start = await startOfProcess(process.ppid);
    const holder = { pid: process.ppid, start, guardian: { pid: 2 ** 30 } };
    await writeFile(join(stateDir, "running.pid"), JSON.stringify(holder));

    const error = await useCloud(stateDir).catch((reason: Error) => reason);

    expect(error).to.be.instanceOf(Error);
    expect(String(error)).to.include(String(process.ppid)).and.to.include("npm run pulumi:cloud");
  });
});
