import { expect } from "chai";
import fc from "fast-check";
import { endedExecution } from "../../../handlers/close-run/ended-event.ts";
import { checkRequest } from "../../../handlers/model-schema/check-request.ts";
import type { FeatureRows } from "../../../handlers/model-schema/model-schema.ts";
import { RequestRefused } from "../../../handlers/model-schema/request-refused.ts";
import { uploadOf } from "../../../handlers/start-retraining/upload-event.ts";
import { parse } from "../../stacks/pipeline-config.ts";
import { toldOf } from "./config-case.ts";
import { toldOfEvent } from "./events.ts";
import { startedWith } from "./keys.ts";

const rows: FeatureRows = { kind: "features", counts: [3], names: null, missing: "refused" };
const schema = {
  schemaVersion: 1,
  title: "t",
  algorithm: null,
  trainedOn: "text/csv",
  rows,
} as const;

function isAccepted(contentType: string, body: string | Uint8Array): boolean {
  try {
    return checkRequest(schema, contentType, Buffer.from(body)) === undefined;
  } catch (error) {
    if (error instanceof RequestRefused) return false;
    throw error;
  }
}

/** Cells that are numbers, that nearly are, and that are none. */
const cell = fc.oneof(
  { weight: 3, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String) },
  fc.constantFrom(
    "",
    " ",
    "nan",
    "inf",
    "1e39",
    "0x1",
    "1_0",
    "٣",
    "1f",
    "+1",
    ".5",
    "1.",
    '"1"',
    "-",
  ),
  fc.string({ maxLength: 4 }),
);
const table = fc
  .array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
  .map((lines) => lines.map((cells) => cells.join(",")).join("\n"));

/** What an event may hold at each of the places that are read, or in place of all. */
const anything = fc.oneof(
  fc.anything({ withNullPrototype: true }),
  fc.constantFrom("input/a.csv", "v1", "ABORTED", "2026-05-01T10:00:00Z", "{}", "[", 0, 1e300),
);

describe("whatever is uploaded, sent or configured", () => {
  it("keys start a run of a legal name, or are refused with a record, or are no keys", async () => {
    const key = fc
      .tuple(
        fc.constantFrom("input/", "input//", "input/.", "", "runs/"),
        fc.string({ unit: "binary", maxLength: 60 }),
        fc.constantFrom(".csv", ".CSV", "", "/", ".csv/", ".gz"),
      )
      .map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(fc.oneof(key, fc.string({ unit: "binary" })), async (text) => {
        expect(await startedWith(text)).to.match(/^(started|refused: |no |a key that is not)/);
      }),
      { numRuns: 1000 },
    );
  });

  it("rows of CSV are sent only with all features, each a finite number", () => {
    fc.assert(
      fc.property(table, (text) => {
        if (!isAccepted("text/csv", text)) return;
        for (const line of text.replace(/\r?\n$/, "").split(/\r?\n/)) {
          const numbers = line.split(",").map((each) => Number(each.trim() || "none"));
          expect(numbers).to.have.length(3);
          expect(numbers.map(Math.fround).every(Number.isFinite), line).to.equal(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("rows of JSON are sent only with all features, each a finite number", () => {
    const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(null, "1", true, 1e39));
    const row = fc.oneof(
      fc.record({ features: fc.array(number, { minLength: 2, maxLength: 4 }) }),
      fc.array(number, { maxLength: 4 }),
      fc.jsonValue(),
    );
    const request = fc.record({ instances: fc.array(row, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.oneof(request, fc.jsonValue()), (value) => {
        const text = JSON.stringify(value);
        if (!isAccepted("application/json", text)) return;
        const { instances } = JSON.parse(text) as { instances: unknown[] };
        for (const instance of instances) {
          const given = (instance as { features?: unknown }).features ?? instance;
          expect(given).to.have.length(3);
          for (const each of given as unknown[]) {
            expect(Number.isFinite(Math.fround(each as number)), String(each)).to.equal(true);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });

  for (const type of ["text/csv", "text/libsvm", "application/json", "application/jsonlines"]) {
    it(`bytes are sent or refused, as ${type}`, () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
          expect(isAccepted(type, bytes)).to.be.a("boolean");
        }),
        { numRuns: 500 },
      );
    });
  }

  it("records are refused at whatever byte they are changed or cut off, or have all features", () => {
    const good = Buffer.from(
      "0a23d7ce1c0000000a1a0a0676616c7565731210120e0a0c0000803f000000400000404000000000",
      "hex",
    );
    fc.assert(
      fc.property(
        fc.nat({ max: good.length }),
        fc.nat({ max: good.length - 1 }),
        fc.nat({ max: 255 }),
        (length, at, byte) => {
          const changed = Buffer.from(good);
          changed[at] = byte;
          expect(isAccepted("application/x-recordio-protobuf", changed)).to.be.a("boolean");
          const cut = good.subarray(0, length);
          if (length < good.length - 4)
            expect(isAccepted("application/x-recordio-protobuf", cut)).to.equal(false);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("events of uploads are malformed, or tell of an upload", () => {
    const event = fc.oneof(
      anything,
      fc.record({
        time: anything,
        detail: fc.oneof(
          anything,
          fc.record({
            bucket: fc.oneof(anything, fc.record({ name: anything })),
            object: fc.dictionary(
              fc.constantFrom("key", "size", "version-id", "sequencer"),
              anything,
            ),
          }),
        ),
      }),
    );
    fc.assert(
      fc.property(event, (given) => {
        expect(toldOfEvent(uploadOf, given)).to.match(/^(accepted|no |a key)/);
      }),
      { numRuns: 2000 },
    );
  });

  it("events of ended runs are malformed, or tell which one it was", () => {
    const names = "executionArn name status startDate stopDate input".split(" ");
    const given = { executionArn: "a", name: "n", status: "FAILED", startDate: 1, stopDate: 2 };
    const detail = fc
      .dictionary(fc.constantFrom(...names), anything)
      .map((changes) => ({ ...given, ...changes }));
    fc.assert(
      fc.property(fc.oneof(anything, fc.record({ detail })), (event) => {
        expect(toldOfEvent(endedExecution, event)).to.match(/^(accepted|no |an input)/);
      }),
      { numRuns: 2000 },
    );
  });

  it("settings of a stack are read, or refused by an error that names them", () => {
    const value = fc.oneof(fc.jsonValue(), fc.double(), fc.constant(undefined));
    const raw = fc.record(
      {
        stack: fc.string({ unit: "binary" }),
        region: fc.string({ unit: "binary" }),
        settings: fc.array(fc.string().map((key) => `retraining:${key}`)),
        pipelines: value,
        comparisons: fc.oneof(value, fc.dictionary(fc.string(), value)),
        network: value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(raw, (given) => {
        expect(toldOf(() => parse({}, given as object)))
          .to.be.a("string")
          .and.not.equal("");
      }),
      { numRuns: 500 },
    );
  });
});
