import { expect } from "chai";
import { Provider, type Resource } from "../../../local/provider/provider.ts";
import type { Properties } from "../../../local/provider/resource-type.ts";
import { resourceTypes } from "../../../local/provider/resources/index.ts";
import { networkTypes } from "../../../local/provider/resources/network/index.ts";
import { parents } from "./case-parents.ts";
import { type ResourceCase, resourceCases } from "./resource-cases.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

const cases = resourceCases("http://queues/000000000000/parent-queue");

describe("resource types of the local provider, in the local cloud", () => {
  let cloud: TestCloud;
  let provider: Provider;
  const made: Resource[] = [];
  let live: ResourceCase[];

  before(async () => {
    cloud = await startTestCloud();
    provider = new Provider(cloud.endpoint);
    for (const parent of parents) made.push(await provider.create(parent, parent.inputs));
    const queueUrl = made[parents.findIndex(({ name }) => name === "queue")]?.id as string;
    live = resourceCases(queueUrl);
  });

  // With the cloud goes what is in it, also what a test that failed left.
  after(async () => {
    provider.close();
    await cloud.stop();
  });

  for (const [index, { type }] of cases.entries()) {
    it(`creates, reads, ${cases[index]?.updated ? "updates, " : ""}deletes ${type}`, async () => {
      const subject = live[index] as ResourceCase;
      const { inputs, updated, id, outputs, remains = false, fingerprint } = subject;

      const created = await provider.create(subject, inputs);
      expect(created.id).to.equal(id);
      expect(created.outputs).to.include(outputs);
      expect(await provider.read(subject, id, created.outputs)).to.deep.equal(created);

      const now = updated ?? inputs;
      if (updated !== undefined) {
        const state = { ...created.outputs, ...inputs };
        const { outputs: after } = await provider.update(subject, id, state, updated);
        if (fingerprint !== undefined) {
          expect(after[fingerprint]).not.to.equal(created.outputs[fingerprint]);
        }
      }
      expect(await unlike(subject, now), "what AWS says differs").to.deep.equal([]);

      await provider.delete(subject, id, { ...created.outputs, ...now });
      if (!remains) expect(await provider.read(subject, id, now)).to.equal(undefined);
      await provider.delete(subject, id, { ...created.outputs, ...now });
    });
  }

  /** Inputs that are not in AWS as they are wanted; those that tell which resource it is are all that the read is given. */
  async function unlike(subject: ResourceCase, wanted: Properties): Promise<string[]> {
    const type = resourceTypes.get(subject.type);
    const given = [...(type?.identity ?? []), ...(subject.unread ?? [])];
    const state = Object.fromEntries(given.map((key) => [key, wanted[key]]));
    const live = await provider.read(subject, subject.id, state);
    const different = Object.keys(wanted).filter(
      (key) => !type?.inputs[key]?.same(live?.outputs[key], wanted[key]),
    );
    return different.map((key) => `${key}: ${JSON.stringify(live?.outputs[key])}`);
  }

  it("covers every resource type", () => {
    const elsewhere = [
      "aws:lambda/invocation:Invocation", // leaves nothing to read: invocation.test.ts
      "docker-build:index:Image", // needs a folder: ../awsx/in-process.test.ts
      ...networkTypes.map(({ type }) => type), // are in no cloud: network-types.test.ts
    ];
    expect([...cases.map(({ type }) => type), ...elsewhere]).to.have.members([
      ...resourceTypes.keys(),
    ]);
  });
});
