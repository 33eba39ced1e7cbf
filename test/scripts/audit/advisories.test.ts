import { expect } from "chai";
import { readNpmAudit } from "../../../scripts/audit/npm-advisories.ts";
import { readPipAudit } from "../../../scripts/audit/python-advisories.ts";

describe("what npm audit says", () => {
  it("has an advisory where the weakness is, and none for those who bring it in", () => {
    const url = "https://advisories.example/GHSA-1111-2222-3333";
    const output = JSON.stringify({
      vulnerabilities: {
        inner: { name: "inner", via: [{ url, title: "Runs what it reads" }] },
        outer: { name: "outer", via: ["inner"] },
      },
    });

    expect(readNpmAudit(output)).to.deep.equal({
      lock: "package-lock.json",
      advisories: [{ package: "inner", id: "GHSA-1111-2222-3333", title: "Runs what it reads" }],
    });
  });

  it("is nothing, which is not good news, when the service does not answer", () => {
    const message = "405 Method Not Allowed";

    expect(readNpmAudit(JSON.stringify({ message, statusCode: 405 }))).to.include({
      unchecked: message,
    });
    expect(readNpmAudit("npm crashed")).to.have.property("unchecked").that.contains("npm crashed");
  });

  it("is good news when there is nothing in it", () => {
    expect(readNpmAudit('{ "vulnerabilities": {} }')).to.deep.equal({
      lock: "package-lock.json",
      advisories: [],
    });
  });
});

describe("what pip-audit says", () => {
  const read = (dependencies: object[]) =>
    readPipAudit("a.txt", { stdout: JSON.stringify({ dependencies }), stderr: "" });

  it("has each weakness of each package", () => {
    const vulns = [{ id: "PYSEC-2026-1", description: "Reads too much.\nMore of it." }];

    expect(
      read([
        { name: "a", vulns },
        { name: "b", vulns: [] },
      ]),
    ).to.deep.equal({
      lock: "a.txt",
      advisories: [{ package: "a", id: "PYSEC-2026-1", title: "Reads too much." }],
    });
  });

  it("names the packages that it skipped: its exit code calls that a success", () => {
    const { unchecked } = read([
      { name: "a", skip_reason: "not found" },
      { name: "b", vulns: [] },
    ]);

    expect(unchecked).to.equal("1 of 2 packages could not be looked up: a");
  });

  it("is nothing when it could not look at all", () => {
    const findings = readPipAudit("a.txt", { stdout: "", stderr: "Traceback\nno network" });

    expect(findings).to.have.property("unchecked").that.contains("no network");
  });
});
