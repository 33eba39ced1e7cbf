import { expect } from "chai";
import { networkNote } from "../../../local/cli/network-note.ts";

describe("networkNote", () => {
  it("says that nothing is isolated, where config asks for a network", () => {
    const settings = { "aws:region": "us-east-2", "retraining:network": '{"create":{}}' };

    expect(networkNote(settings)).to.contain("none to isolate");
  });

  it("says nothing where there is nothing to say", () => {
    expect(networkNote({ "aws:region": "us-east-2" })).to.equal(undefined);
  });
});
