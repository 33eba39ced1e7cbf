import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { churnCsv, churnHeader } from "../../../local/sample-data/churn.ts";
import { interpreter } from "../../../local/setup/python-environments.mjs";

const library = fileURLToPath(new URL("../../../glue/lib", import.meta.url));

describe("sample churn data", () => {
  const rows = (csv: string): string[][] =>
    csv
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));

  it("has the header that the ETL expects", async () => {
    const program = "from churn.header import EXPECTED; print(','.join(EXPECTED))";
    const expected = execFileSync(await interpreter("spark"), ["-c", program], {
      encoding: "utf8",
      env: { PYTHONPATH: library, PYTHONDONTWRITEBYTECODE: "1" },
    });

    expect(churnCsv({ rows: 0 })).to.equal(expected);
    expect(churnHeader.split(",")).to.have.length(21);
  });

  it("is 5,000 customers of all states, about one in six of whom leaves", () => {
    const customers = rows(churnCsv());

    expect(customers).to.have.length(5000);
    expect(new Set(customers.map((customer) => customer.length))).to.deep.equal(new Set([21]));
    expect(new Set(customers.map((customer) => customer[0]))).to.have.property("size", 51);
    const leaving = customers.filter((customer) => customer[20] === "True.").length;
    expect(leaving / 5000).to.be.within(0.1, 0.2);
  });

  it("is the same for the same seed, and differs for another", () => {
    expect(churnCsv({ rows: 50, seed: 3 })).to.equal(churnCsv({ rows: 50, seed: 3 }));
    expect(churnCsv({ rows: 50, seed: 3 })).not.to.equal(churnCsv({ rows: 50, seed: 4 }));
  });

  it("begins with the same customers whatever their number", () => {
    expect(churnCsv({ rows: 60 }).startsWith(churnCsv({ rows: 20 }))).to.equal(true);
  });

  it("has labels that follow from behaviour, but for a few", () => {
    const customers = rows(churnCsv({ seed: 9 }));

    const wrong = customers.filter((customer) => {
      const number = (column: number): number => Number(customer[column]);
      const leaves =
        (number(7) > 245 && number(10) > 165 && customer[5] === "no") ||
        (number(19) >= 4 && number(7) < 190) ||
        (customer[4] === "yes" && (number(17) < 3 || number(16) > 13.1));
      return leaves !== (customer[20] === "True.");
    });

    expect(wrong.length / customers.length).to.be.within(0.01, 0.05);
  });
});
