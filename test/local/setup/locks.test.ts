import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { projectRoot } from "../../../local/setup/node-packages.mjs";
import { requirementsDir } from "../../../local/setup/python-environments.mjs";

/** Requirements of a lock, one a line, continuation lines joined. */
function requirements(path: string): string[] {
  return readFileSync(path, "utf8")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
}

const pinned =
  /^[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^ ]+( ; .*?)?( ?--hash=sha256:[0-9a-f]{64})+ *(#.*)?$/;

describe("the locks of Python environments", () => {
  const names = readdirSync(requirementsDir).filter((name) => name.endsWith(".in"));

  for (const name of names) {
    const lock = name.replace(/\.in$/, ".txt");

    it(`${lock} has every package with one version and its hashes`, () => {
      for (const requirement of requirements(join(requirementsDir, lock))) {
        expect(requirement).to.match(pinned);
      }
    });

    it(`${lock} has what ${name} asks for`, () => {
      const locked = requirements(join(requirementsDir, lock)).map((line) => line.split(" ")[0]);

      expect(locked).to.include.members(requirements(join(requirementsDir, name)));
    });
  }

  it("there is one for each", () => {
    const locks = readdirSync(requirementsDir).filter((name) => name.endsWith(".txt"));

    expect(locks).to.deep.equal(names.map((name) => name.replace(/\.in$/, ".txt")));
  });

  it("the own container that comes with the project has one, too", () => {
    const lock = join(projectRoot, "containers", "sklearn-regressor", "requirements.txt");

    for (const requirement of requirements(lock)) expect(requirement).to.match(pinned);
  });
});

describe("package-lock.json", () => {
  it("has a strong hash of every package", () => {
    const lock = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8"));
    const packages = Object.entries<{ integrity?: string }>(lock.packages).filter(([path]) => path);

    const weak = packages.filter(([, { integrity = "" }]) => !/^sha512-.{88}$/.test(integrity));
    expect(packages.length).to.be.greaterThan(100);
    expect(weak.map(([path]) => path)).to.deep.equal([]);
  });
});
