import { expect } from "chai";
import { housesCsv } from "../../../local/sample-data/houses.ts";
import { ratingsCsv } from "../../../local/sample-data/ratings.ts";
import { bucket, etlLibrary, etlScript, GlueCloud, runArguments } from "./glue-cloud.ts";

describe("the general ETL scripts, on the local Glue", () => {
  let cloud: GlueCloud;
  before(async () => {
    cloud = await GlueCloud.start();
    await cloud.service.warmUp();
    await cloud.put("code/lib.zip", await etlLibrary());
  });
  after(() => cloud.stop());

  async function run(name: string, csv: string, own: Record<string, string> = {}) {
    await cloud.put(`input/${name}.csv`, csv);
    await cloud.createJob(`${name}_etl`, await etlScript(name), {
      DefaultArguments: { "--extra-py-files": `s3://${bucket}/code/lib.zip`, ...own },
    });
    const ended = await cloud.run(`${name}_etl`, runArguments(name));
    expect(ended.ErrorMessage).to.equal(undefined);
    return JSON.parse(await cloud.get(`output/${name}/etl.json`));
  }

  async function lines(prefix: string, pattern: RegExp): Promise<string[]> {
    const keys = await cloud.keys(prefix);
    for (const key of keys) expect(key).to.match(pattern);
    const texts = await Promise.all(keys.map((key) => cloud.get(key)));
    return texts.flatMap((text) => text.trimEnd().split("\n"));
  }

  it("make a rating file Object2Vec's training data, with the mapping of ids beside it", async () => {
    const csv = ratingsCsv({ ratings: 900, users: 30, items: 60 });

    const report = await run("ratings", csv, { "--ENC0_VOCAB_SIZE": "31" });

    const names = async (file: string, key: string): Promise<Map<number, string>> => {
      const mapping = await cloud.get(`output/ratings/mapping/${file}.jsonl`);
      const entries = mapping.trimEnd().split("\n");
      return new Map(entries.map((line) => JSON.parse(line)).map((e) => [e.id, e[key]]));
    };
    const [users, items] = await Promise.all([names("users", "user"), names("items", "item")]);
    const found: string[] = [];
    for (const split of ["train", "validate", "test"]) {
      const objects = await lines(`output/ratings/${split}/`, /\/part-[^/]*\.json$/);
      expect(objects).to.have.length(report.rows[split]);
      for (const { label, in0, in1 } of objects.map((line) => JSON.parse(line))) {
        found.push(`${users.get(in0[0])},${items.get(in1[0])},${label}`);
      }
    }
    expect(found).to.have.members(csv.trimEnd().split("\n").slice(1));
    expect(report.users.vocabularySize).to.equal(31);
  });

  it("make any table training data, as its arguments say", async () => {
    const report = await run("tabular", housesCsv({ rows: 400 }), { "--LABEL_COLUMN": "price" });

    const heatings = ["district", "gas", "oil", "pump"].map((name) => `heating_${name}`);
    expect(report.columns).to.deep.equal(
      ["label", "area", "rooms", "age", "distance"].concat(heatings, ["garden_no", "garden_yes"]),
    );
    const train = await lines("output/tabular/train/", /\/part-[^/]*\.csv$/);
    expect(train).to.have.length(report.rows.train);
    for (const line of train) expect(line.split(",")).to.have.length(report.columns.length);
  });
});
