import { expect } from "chai";
import { housesCsv, housesHeader } from "../../../local/sample-data/houses.ts";

describe("sample houses", () => {
  const rows = (csv: string): string[][] =>
    csv
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));

  it("are 2,000 houses of four heatings, with numbers in the other columns", () => {
    const csv = housesCsv();

    const houses = rows(csv);
    expect(csv.split("\n")[0]).to.equal(housesHeader);
    expect(houses).to.have.length(2000);
    expect([...new Set(houses.map((house) => house[4]))].sort()).to.deep.equal([
      "district",
      "gas",
      "oil",
      "pump",
    ]);
    for (const column of [0, 1, 2, 3, 6]) {
      for (const house of houses) expect(Number(house[column])).not.to.be.NaN;
    }
  });

  it("are the same for the same seed, and begin alike whatever their number", () => {
    expect(housesCsv({ rows: 60, seed: 3 })).to.equal(housesCsv({ rows: 60, seed: 3 }));
    expect(housesCsv({ rows: 60, seed: 3 }).startsWith(housesCsv({ rows: 20, seed: 3 }))).to.equal(
      true,
    );
    expect(housesCsv({ seed: 3 })).not.to.equal(housesCsv({ seed: 4 }));
  });

  it("have prices that follow from the columns, but for noise", () => {
    const heatings: Record<string, number> = { district: 6, gas: 0, oil: -9, pump: 14 };
    const residuals = rows(housesCsv({ seed: 9 })).map((house) => {
      const [area, rooms, age, distance] = house.map(Number) as [number, number, number, number];
      const kind = (heatings[house[4] as string] as number) + (house[5] === "yes" ? 22 : 0);
      return Number(house[6]) - (90 + 2.4 * area + 7 * rooms - 0.9 * age - 3.1 * distance + kind);
    });

    const deviation = Math.sqrt(residuals.reduce((sum, r) => sum + r * r, 0) / residuals.length);

    expect(deviation).to.be.within(11, 13);
  });
});
