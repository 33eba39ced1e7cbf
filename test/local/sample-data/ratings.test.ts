import { expect } from "chai";
import { ratingsCsv, ratingsHeader } from "../../../local/sample-data/ratings.ts";

const rows = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

describe("sample ratings", () => {
  it("are 5,000 different pairs of 200 users and 100 items", () => {
    const csv = ratingsCsv();

    const ratings = rows(csv);
    expect(csv.split("\n")[0]).to.equal(ratingsHeader);
    expect(ratings).to.have.length(5000);
    expect(new Set(ratings.map(([user, item]) => `${user} ${item}`))).to.have.property(
      "size",
      5000,
    );
    expect(new Set(ratings.map(([user]) => user))).to.have.property("size", 200);
    expect(new Set(ratings.map(([, item]) => item))).to.have.property("size", 100);
    const stars = Array.from({ length: 9 }, (_, i) => String(1 + i / 2));
    expect([...new Set(ratings.map(([, , score]) => score))].sort()).to.deep.equal(stars);
  });

  it("are the same for the same seed, and differ for another", () => {
    const small = { ratings: 40, users: 8, items: 9 };
    expect(ratingsCsv({ ...small, seed: 3 })).to.equal(ratingsCsv({ ...small, seed: 3 }));
    expect(ratingsCsv({ ...small, seed: 3 })).not.to.equal(ratingsCsv({ ...small, seed: 4 }));
  });

  it("can be all pairs, and no more", () => {
    expect(rows(ratingsCsv({ ratings: 12, users: 3, items: 4 }))).to.have.length(12);
    expect(() => ratingsCsv({ ratings: 13, users: 3, items: 4 })).to.throw("have fewer pairs");
  });

  it("hold more than the means of users and items tell: tastes that few numbers describe", () => {
    const ratings = rows(ratingsCsv({ seed: 7 })).map(
      ([user, item, score]) => [user as string, item as string, Number(score)] as const,
    );
    const error = (predict: (user: string, item: string) => number): number =>
      Math.sqrt(
        ratings.reduce((sum, [user, item, score]) => sum + (score - predict(user, item)) ** 2, 0) /
          ratings.length,
      );
    const mean = ratings.reduce((sum, [, , score]) => sum + score, 0) / ratings.length;
    const offsets = (key: 0 | 1): Map<string, number> => {
      const groups = Map.groupBy(ratings, (rating) => rating[key]);
      return new Map(
        [...groups].map(([id, own]) => [
          id,
          own.reduce((sum, [, , score]) => sum + score - mean, 0) / own.length,
        ]),
      );
    };
    const [users, items] = [offsets(0), offsets(1)];

    const byMean = error(() => mean);
    const byOffsets = error((user, item) => {
      return mean + (users.get(user) as number) + (items.get(item) as number);
    });

    expect(byMean).to.be.within(1, 1.4);
    expect(byOffsets).to.be.within(0.8, byMean - 0.1); // 0.4 of it is noise
  });
});
