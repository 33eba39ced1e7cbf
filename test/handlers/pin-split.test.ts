import type { S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { gatheringTransient } from "../../components/state-machine/comparison/prepare-data.ts";
import { pinSplit } from "../../handlers/gather-inputs/pin-split.ts";
import { fakeClient, serviceError } from "../support/fake-client.ts";
import { fakeConditionalObject } from "../support/fake-conditional-object.ts";

const split = { percent: "70,15,15", seed: "1" };

describe("pinSplit", () => {
  it("keeps the split of the first run, with the run's title", async () => {
    const { client, content, sent } = fakeConditionalObject();

    await pinSplit(client, "b", "first-0123456789", split);

    expect(content()).to.deep.equal({ ...split, since: "first-0123456789" });
    expect(sent[0]?.input).to.include({ Bucket: "b", Key: "split.json", IfNoneMatch: "*" });
  });

  it("lets later runs go on with the same split", async () => {
    const first = { ...split, since: "first-0123456789" };
    const { client, content } = fakeConditionalObject(first);

    await pinSplit(client, "b", "second-0123456789", split);

    expect(content()).to.deep.equal(first);
  });

  for (const [what, changed] of [
    ["percent", { ...split, percent: "80,10,10" }],
    ["seed", { ...split, seed: "2" }],
  ] as const) {
    it(`refuses another ${what}, and says what to do`, async () => {
      const { client } = fakeConditionalObject({ ...split, since: "first-0123456789" });

      const failure = await pinSplit(client, "b", "second-0123456789", changed).then(
        () => "went on",
        ({ message }: Error) => message,
      );

      expect(failure).to.equal(
        `runs since first-0123456789 split 70,15,15 with seed 1, and this one would split ${changed.percent} with seed ${changed.seed}: ` +
          "rows that they held out would be trained on. Set the comparison's split back, deploy, and upload again; " +
          "or delete s3://b/split.json first to begin anew: scores from before and after cannot be compared then",
      );
    });
  }

  it("leaves another run's write at that moment to the next try", async () => {
    const { client } = fakeClient<S3Client>({
      PutObject: () => {
        throw serviceError("ConditionalRequestConflict");
      },
    });

    const failure = await pinSplit(client, "b", "first-0123456789", split).catch(
      ({ name }: Error) => name,
    );

    expect(failure).to.equal("ConditionalRequestConflict");
    expect(gatheringTransient.ErrorEquals).to.include(failure);
  });

  it("fails where it may not write", async () => {
    const { client } = fakeClient<S3Client>({
      PutObject: () => {
        throw serviceError("AccessDenied", "not authorized");
      },
    });

    const failure = await pinSplit(client, "b", "first-0123456789", split).then(
      () => "went on",
      ({ message }: Error) => message,
    );

    expect(failure).to.equal("not authorized");
  });
});
