import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  type InputLogEvent,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";

// CloudWatch Logs' own limits: bytes a batch, events a batch, bytes an event counts beside its text.
const MAX_BATCH_BYTES = 1_048_576;
const MAX_BATCH_EVENTS = 10_000;
const EVENT_OVERHEAD_BYTES = 26;
const MAX_EVENT_BYTES = 262_144 - EVENT_OVERHEAD_BYTES;

/** Lines wait so long for company before they are sent. */
const FLUSH_DELAY_MS = 200;

/** Lines that could not be sent are sent again so often, with the next ones, before they are given up. */
const MAX_FAILURES = 5;

/**
 * Lines of one process, on their way to one CloudWatch Logs stream. Group and stream are created when missing.
 * Writing never blocks and never throws; what went wrong comes out of `close()`.
 */
export class LogStream {
  readonly group: string;
  readonly stream: string;
  readonly #logs: CloudWatchLogsClient;
  #pending: InputLogEvent[] = [];
  #lastTimestamp = 0;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();
  #created = false;
  #failures = 0;
  #closing = false;
  #error: unknown;

  constructor(logs: CloudWatchLogsClient, group: string, stream: string) {
    this.#logs = logs;
    this.group = group;
    this.stream = stream;
  }

  /** Takes one line, without its line break. CloudWatch Logs has no empty events: an empty line is left out. */
  write(line: string): void {
    // The clock may step back; events of a batch must be in order.
    this.#lastTimestamp = Math.max(Date.now(), this.#lastTimestamp);
    for (const message of pieces(line)) {
      this.#pending.push({ timestamp: this.#lastTimestamp, message });
    }
    this.#timer ??= setTimeout(() => this.#send(), FLUSH_DELAY_MS);
  }

  /**
   * Sends what is left.
   * @throws the first error that CloudWatch Logs answered, if any: lines may then be missing
   */
  async close(): Promise<void> {
    await this.#sending;
    this.#closing = true;
    this.#send();
    await this.#sending;
    if (this.#error) throw this.#error;
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const events = this.#pending;
    this.#pending = [];
    if (events.length === 0) return;
    this.#sending = this.#sending
      .then(() => this.#put(events))
      .then(() => {
        this.#failures = 0;
      })
      .catch((error: unknown) => this.#failed(events, error));
  }

  #failed(events: InputLogEvent[], error: unknown): void {
    this.#failures++;
    if (this.#failures >= MAX_FAILURES || this.#closing) {
      this.#error ??= error;
      return;
    }
    this.#pending = [...events, ...this.#pending];
    this.#timer ??= setTimeout(() => this.#send(), FLUSH_DELAY_MS * 2 ** this.#failures);
  }

  async #put(events: InputLogEvent[]): Promise<void> {
    if (!this.#created) {
      await this.#create();
      this.#created = true;
    }
    for (const logEvents of batches(events)) {
      await this.#logs.send(
        new PutLogEventsCommand({
          logGroupName: this.group,
          logStreamName: this.stream,
          logEvents,
        }),
      );
    }
  }

  async #create(): Promise<void> {
    const logGroupName = this.group;
    const createStream = () =>
      this.#logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: this.stream }));
    try {
      await unlessExists(createStream());
    } catch (error) {
      // Who writes into a group that others made need not be allowed to make one.
      if ((error as Error).name !== "ResourceNotFoundException") throw error;
      await unlessExists(this.#logs.send(new CreateLogGroupCommand({ logGroupName })));
      await unlessExists(createStream());
    }
  }
}

async function unlessExists(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if ((error as Error).name !== "ResourceAlreadyExistsException") throw error;
  }
}

/** A line longer than an event may be goes on in the next one. */
function pieces(line: string): string[] {
  if (line === "") return [];
  if (Buffer.byteLength(line) <= MAX_EVENT_BYTES) return [line];
  const result: string[] = [];
  let piece = "";
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > MAX_EVENT_BYTES) {
      result.push(piece);
      piece = "";
      bytes = 0;
    }
    piece += character;
    bytes += size;
  }
  result.push(piece);
  return result;
}

function batches(events: InputLogEvent[]): InputLogEvent[][] {
  const result: InputLogEvent[][] = [];
  let batch: InputLogEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event.message ?? "") + EVENT_OVERHEAD_BYTES;
    if (batch.length > 0 && (bytes + size > MAX_BATCH_BYTES || batch.length >= MAX_BATCH_EVENTS)) {
      result.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) result.push(batch);
  return result;
}
