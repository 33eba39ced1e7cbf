import { expect } from "chai";
import { isNewer } from "../../../handlers/resolve-endpoint/is-newer.ts";

const at = (key: string, uploadedAt: string, sequencer?: string) => ({
  key,
  uploadedAt,
  ...(sequencer !== undefined && { sequencer }),
});

describe("isNewer", () => {
  for (const [one, other, expected] of [
    [at("a", "2026-05-01T10:00:01Z"), at("b", "2026-05-01T10:00:00Z"), true],
    [at("a", "2026-05-01T10:00:00Z"), at("b", "2026-05-01T10:00:01Z"), false],
    [at("a", "2026-05-01T10:00:00Z"), at("b", "2026-05-01T10:00:00Z"), false],
    [at("a", "2026-05-01T10:00:00.000Z"), at("b", "2026-05-01T10:00:00Z"), false],
    // versions of one key within a second
    [at("a", "2026-05-01T10:00:00Z", "0B"), at("a", "2026-05-01T10:00:00Z", "0A"), true],
    [at("a", "2026-05-01T10:00:00Z", "0A"), at("a", "2026-05-01T10:00:00Z", "0B"), false],
    [at("a", "2026-05-01T10:00:00Z", "0A"), at("a", "2026-05-01T10:00:00Z", "0A"), false],
    // right-padded with zeros
    [at("a", "2026-05-01T10:00:00Z", "0A"), at("a", "2026-05-01T10:00:00Z", "0A00"), false],
    [at("a", "2026-05-01T10:00:00Z", "0B"), at("a", "2026-05-01T10:00:00Z", "0A00"), true],
    // of different keys they say nothing, and events made by hand have none
    [at("a", "2026-05-01T10:00:00Z", "0B"), at("b", "2026-05-01T10:00:00Z", "0A"), false],
    [at("a", "2026-05-01T10:00:01Z"), at("a", "2026-05-01T10:00:00Z", "0A"), true],
  ] as const) {
    it(`is ${expected} for ${JSON.stringify(one)} beside ${JSON.stringify(other)}`, () => {
      expect(isNewer(one, other)).to.equal(expected);
    });
  }
});
