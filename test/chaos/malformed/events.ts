import { endedExecution } from "../../../handlers/close-run/ended-event.ts";
import { uploadOf } from "../../../handlers/start-retraining/upload-event.ts";
import type { MalformedCase } from "./case.ts";

/** What is said of an event that no service sent, or `accepted`. Whoever may invoke a function may send it anything. */
export function toldOfEvent(read: (event: never) => unknown, event: unknown): string {
  try {
    read(event as never);
    return "accepted";
  } catch (error) {
    const { name, message } = error as Error;
    if (name === "MalformedEvent") return message.replace(/ in event .*/s, "");
    throw error;
  }
}

const object = { key: "input/a.csv", size: 1, "version-id": "v1", sequencer: "0A" };
const upload = (changes: object) => ({
  time: "2026-05-01T10:00:00Z",
  detail: { bucket: { name: "b" }, object: { ...object, ...changes } },
});
const noKey = "no bucket, key and version";

const uploads: readonly [name: string, event: unknown, expected: string][] = [
  ["as S3 sends it", upload({}), "accepted"],
  ["without a sequencer", upload({ sequencer: undefined }), "accepted"],
  ["null", null, noKey],
  ["nothing", undefined, noKey],
  ["a text", "event", noKey],
  ["a list", [], noKey],
  ["without detail", { time: "2026-05-01T10:00:00Z" }, noKey],
  ["detail of null", { time: "2026-05-01T10:00:00Z", detail: null }, noKey],
  ["detail of a text", { detail: "x" }, noKey],
  ["a bucket of a text", { detail: { bucket: "b", object } }, noKey],
  ["an S3 notification of the older kind", { Records: [{ s3: { object } }] }, noKey],
  ["a key of a number", upload({ key: 7 }), noKey],
  ["a key of a list", upload({ key: ["input/a.csv"] }), noKey],
  ["half a surrogate pair", upload({ key: "input/\ud83d.csv" }), noKey],
  ["no version", upload({ "version-id": undefined }), noKey],
  ["a version of null", upload({ "version-id": null }), noKey],
  ["a key elsewhere", upload({ key: "runs/a/input.csv" }), "a key that is not below input/"],
  ["no size", upload({ size: undefined }), "no size in bytes"],
  ["a size of NaN", upload({ size: Number.NaN }), "no size in bytes"],
  ["a size of a text", upload({ size: "1" }), "no size in bytes"],
  ["a negative size", upload({ size: -1 }), "no size in bytes"],
  ["a size of a fraction", upload({ size: 0.5 }), "no size in bytes"],
  ["no time", { ...upload({}), time: undefined }, "no time"],
  ["a time of a word", { ...upload({}), time: "today" }, "no time"],
  ["a time of a number", { ...upload({}), time: 7 }, "no time"],
  ["a sequencer of a number", upload({ sequencer: 7 }), "no sequencer"],
];

const end = (changes: object) => ({
  detail: {
    executionArn: "arn",
    name: "n",
    status: "ABORTED",
    startDate: 1,
    stopDate: 2,
    input: null,
    ...changes,
  },
});
const noEnd = "no execution that failed";
const noInput = "an input that is no JSON text";

const ends: readonly [name: string, event: unknown, expected: string][] = [
  [
    "as Step Functions sends it",
    end({ input: JSON.stringify({ title: "t", key: "k" }) }),
    "accepted",
  ],
  ["an input of null, as a large one has it", end({}), "accepted"],
  ["an input that is a list", end({ input: "[1]" }), "accepted"],
  ["an input that is a number", end({ input: "7" }), "accepted"],
  ["a title of a number", end({ input: '{"title": 7}' }), "accepted"],
  ["null", null, noEnd],
  ["detail of null", { detail: null }, noEnd],
  ["no name", end({ name: "" }), noEnd],
  ["a name of a number", end({ name: 7 }), noEnd],
  ["an ARN of a list", end({ executionArn: ["arn"] }), noEnd],
  ["a status of another kind", end({ status: "RUNNING" }), noEnd],
  ["a status in small letters", end({ status: "aborted" }), noEnd],
  ["no date", end({ startDate: undefined }), "no times"],
  ["a date of NaN", end({ stopDate: Number.NaN }), "no times"],
  ["a date of a text", end({ stopDate: "2026-05-01" }), "no times"],
  ["a date beyond all dates", end({ stopDate: 1e300 }), "no times"],
  ["an input that is cut off", end({ input: '{"title":' }), noInput],
  ["an input that is no text", end({ input: {} }), noInput],
];

export const events: readonly MalformedCase[] = [
  ...uploads.map(([name, event, expected]) => ({
    name: `upload: ${name}`,
    expected,
    seen: () => toldOfEvent(uploadOf, event),
  })),
  ...ends.map(([name, event, expected]) => ({
    name: `end of a run: ${name}`,
    expected,
    seen: () => toldOfEvent(endedExecution, event),
  })),
];
