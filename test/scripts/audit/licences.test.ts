import { expect } from "chai";
import { permission, readMetadata } from "../../../scripts/audit/licences.ts";

describe("whether a package may be used", () => {
  const may = (licence: string) => permission({ name: "some", licence }) !== undefined;

  it("yes, under licences that are permitted, also several", () => {
    for (const licence of [
      "MIT",
      "(BSD-3-Clause AND Apache-2.0)",
      "MPL-2.0 AND (Apache-2.0 OR MIT)",
      "BSD License;Apache Software License",
      "Mozilla Public License 2.0 (MPL 2.0)",
    ]) {
      expect(may(licence), licence).to.equal(true);
    }
  });

  it("no, under any other or none", () => {
    for (const licence of [
      "AGPL-3.0-only",
      "GNU Affero General Public License v3",
      "MIT AND AGPL-3.0-or-later",
      "MIT License;GNU General Public License v3 (GPLv3)",
      "BUSL-1.1",
      "SEE LICENSE IN LICENSE",
      "none",
    ]) {
      expect(may(licence), licence).to.equal(false);
    }
  });
});

describe("the licence of a Python package", () => {
  const header = "Metadata-Version: 2.4\nName: some\n";

  it("is the expression, else the classifiers, else the field of old, else none", () => {
    const classifiers =
      "Classifier: License :: OSI Approved :: MIT License\nClassifier: License :: OSI Approved\n";
    const cases = {
      [`${header}License-Expression: ISC\n${classifiers}`]: "ISC",
      [`${header}License: Expat\n${classifiers}`]: "MIT License",
      [`${header}License: Expat\n`]: "Expat",
      [`${header}\nLicense: in the description`]: "none",
    };
    for (const [metadata, licence] of Object.entries(cases)) {
      expect(readMetadata(metadata)).to.deep.equal({ name: "some", licence });
    }
  });
});
