import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { LogStream } from "../../../local/cloud/log-stream.ts";
import { SageMakerCloud } from "../sagemaker/sagemaker-cloud.ts";

describe("LogStream", () => {
  let cloud: SageMakerCloud;

  before(async () => {
    cloud = await SageMakerCloud.start();
  });

  after(() => cloud.stop());

  it("creates group and stream, and keeps the lines in order", async () => {
    const log = new LogStream(cloud.logs, "/test/lines", "one");
    const lines = Array.from({ length: 50 }, (_, i) => `line ${i} é`);

    for (const line of lines) log.write(line);
    log.write("");
    await log.close();

    expect(await cloud.logged("/test/lines", "one")).deep.equal(lines);
  });

  it("adds to a stream that exists", async () => {
    for (const line of ["first", "second"]) {
      const log = new LogStream(cloud.logs, "/test/lines", "two");
      log.write(line);
      await log.close();
    }

    expect(await cloud.logged("/test/lines", "two")).deep.equal(["first", "second"]);
  });

  it("sends lines without being closed", async () => {
    const log = new LogStream(cloud.logs, "/test/lines", "three");

    log.write("early");

    let seen: string[] = [];
    while (seen.length === 0) seen = await cloud.logged("/test/lines", "three").catch(() => []);
    expect(seen).deep.equal(["early"]);
    await log.close();
  });

  it("stays within CloudWatch Logs' limits for events and batches", async () => {
    const client = new FakeLogs();
    const log = new LogStream(client as never, "g", "s");

    log.write("ü".repeat(300_000));
    for (let i = 0; i < 10_001; i++) log.write("x");
    await log.close();

    expect(client.batches.flat().join("").length).equal(300_000 + 10_001);
    for (const batch of client.batches) {
      const sizes = batch.map((message) => Buffer.byteLength(message) + 26);
      expect(batch.length).lessThanOrEqual(10_000);
      expect(Math.max(...sizes)).lessThanOrEqual(262_144);
      expect(sizes.reduce((sum, size) => sum + size)).lessThanOrEqual(1_048_576);
    }
  });

  it("sends lines again that failed, before later ones", async () => {
    const client = new FakeLogs(2);
    const log = new LogStream(client as never, "g", "s");

    log.write("a");
    while (client.failures > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    log.write("b");
    await log.close();

    expect(client.batches.flat()).deep.equal(["a", "b"]);
  });

  it("says at the end when lines were lost", async () => {
    const log = new LogStream(new FakeLogs(Number.POSITIVE_INFINITY) as never, "g", "s");
    log.write("a");

    const error = await log.close().catch((reason: Error) => reason);

    expect(error).instanceOf(Error).include({ message: "no answer" });
  });
});

/** Takes what a LogStream sends; fails its first calls. */
class FakeLogs {
  readonly batches: string[][] = [];
  failures: number;

  constructor(failures = 0) {
    this.failures = failures;
  }

  async send(command: unknown): Promise<object> {
    if (this.failures > 0) {
      this.failures--;
      throw new Error("no answer");
    }
    if (command instanceof PutLogEventsCommand) {
      this.batches.push((command.input.logEvents ?? []).map((event) => event.message as string));
    } else if (
      !(command instanceof CreateLogGroupCommand || command instanceof CreateLogStreamCommand)
    ) {
      throw new Error("an unexpected call");
    }
    return {};
  }
}
