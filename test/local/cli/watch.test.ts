import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { watchDeadLetters } from "../../../local/cli/watch-dead-letters.ts";
import { watchFaults } from "../../../local/cli/watch-faults.ts";
import { watchRefusals } from "../../../local/cli/watch-refusals.ts";
import { fakeClient } from "../../support/fake-client.ts";
import { fakeObjects } from "../../support/fake-objects.ts";

/** What is printed while `act` goes on. */
async function printed(act: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => lines.push(line);
  try {
    await act();
  } finally {
    console.log = log;
  }
  return lines;
}

describe("watchFaults", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "retraining-watch-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("says of each strike that comes into a log, once, and of none of before", async () => {
    const log = join(folder, "cloud.log");
    await writeFile(log, "t the fault event-twice strikes\n");
    const look = await watchFaults([log, join(folder, "none.log")]);

    const lines = await printed(async () => {
      await look();
      await appendFile(log, "t the fault glue-fails strikes\nt something else\nt the fault spot");
      await look();
      await look();
      await appendFile(log, "-interrupted strikes\n");
      await look();
    });

    expect(lines).to.have.length(2);
    expect(lines[0]).to.match(/ {2}fault glue-fails strikes$/);
    expect(lines[1]).to.match(/ {2}fault spot-interrupted strikes$/);
  });
});

describe("watchDeadLetters", () => {
  it("says of each event that comes, with the whole command that sends it again", async () => {
    let waiting = 0;
    const { client } = fakeClient<SQSClient>({
      GetQueueUrl: ({ QueueName }: { QueueName: string }) => ({ QueueUrl: QueueName }),
      GetQueueAttributes: ({ QueueUrl }: { QueueUrl: string }) => ({
        Attributes: {
          ApproximateNumberOfMessages: QueueUrl.endsWith("failed-starts") ? `${waiting}` : "0",
        },
      }),
    });
    const look = watchDeadLetters(client, "local", [{ kind: "comparison", name: "abalone" }], 0);

    const lines = await printed(async () => {
      await look();
      waiting = 1;
      await look();
      await look();
    });

    expect(lines).to.have.length(2);
    expect(lines[0]).to.contain(
      "abalone  1 upload started no run: in the dead-letter queue local-abalone-failed-starts",
    );
    expect(lines[1]).to.equal(
      "  once the cause is gone: npm run resend -- --stack local --comparison abalone",
    );
  });
});

describe("watchRefusals", () => {
  it("says of each upload that is refused, once, and of none of before", async () => {
    const empty = { key: "input/empty.csv", reason: "the object is empty" };
    const records: Record<string, unknown> = { "refused/old.json": empty };
    const { client, sent } = fakeClient<S3Client>({
      ...fakeObjects(records),
      ListObjectsV2: () => ({ Contents: Object.keys(records).map((Key) => ({ Key })) }),
    });
    const look = await watchRefusals(client, { churn: "retraining-local-churn-1" }, 0);

    const lines = await printed(async () => {
      await look();
      records["refused/empty-1.json"] = empty;
      await look();
      await look();
    });

    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/ {2}churn {2}input\/empty\.csv was refused: the object is empty$/);
    expect(sent[0]?.input).to.include({ Bucket: "retraining-local-churn-1", Prefix: "refused/" });
  });
});
