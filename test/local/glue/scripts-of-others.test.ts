import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { GlueCloud, runArguments } from "./glue-cloud.ts";

const script = (name: string): Promise<string> =>
  readFile(new URL(`scripts/${name}.py`, import.meta.url), "utf8");

describe("scripts that were written for Glue, without a change", () => {
  let cloud: GlueCloud;
  before(async () => {
    cloud = await GlueCloud.start();
    await cloud.service.warmUp();
  });
  after(() => cloud.stop());

  const defaults = { "--job-language": "python", "--job-bookmark-option": "job-bookmark-disable" };

  async function lines(title: string, split: string): Promise<string[]> {
    const keys = await cloud.keys(`output/${title}/${split}/`);
    const parts = keys.filter((key) => !key.endsWith("/_SUCCESS"));
    const texts = await Promise.all(parts.map((key) => cloud.get(key)));
    return texts.join("").split("\n").filter(Boolean);
  }

  describe("one that splits rows of features", () => {
    const rows = Array.from({ length: 200 }, (_, i) => `${i % 2},${i},${i / 4}`);
    before(async () => {
      await cloud.put("input/features.csv", `${rows.join("\n")}\n`);
    });

    it("divides all rows between training and validation", async () => {
      await cloud.createJob("header-less", await script("header_less"), {
        DefaultArguments: defaults,
      });

      const run = await cloud.run("header-less", runArguments("features"));

      expect(run.ErrorMessage).to.equal(undefined);
      const [train, validate] = await Promise.all([
        lines("features", "train"),
        lines("features", "validate"),
      ]);
      const numbers = (line: string): string => line.split(",").map(Number).join(",");
      expect([...train, ...validate].map(numbers)).to.have.members(rows);
      expect(train.length).to.be.within(100, 180);
      expect(await cloud.keys("output/features/test/")).to.deep.equal([]);
    });

    it("leaves no marker in the channels where the job's settings say so", async () => {
      const conf = "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs=false";
      await cloud.createJob("unmarked", await script("header_less"), {
        DefaultArguments: { ...defaults, "--conf": conf },
      });

      const before = await cloud.keys("output/features/train/");
      await cloud.run("unmarked", runArguments("features"));

      expect(before).to.include("output/features/train/_SUCCESS");
      for (const split of ["train", "validate"]) {
        for (const key of await cloud.keys(`output/features/${split}/`)) {
          expect(key).to.match(/\/part-[^/]*\.csv$/);
        }
      }
    });
  });

  it("runs DynamicFrames and transforms, and keeps nothing of them for the next run", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 9 === 0 ? "" : i};${i};2`);
    await cloud.put("input/boxes.csv", `price;width;height\n${rows.join("\n")}\n`);
    await cloud.createJob("frames", await script("dynamic_frames"), {
      DefaultArguments: defaults,
    });

    const first = await cloud.run("frames", runArguments("boxes"));
    const written = [...(await lines("boxes", "train")), ...(await lines("boxes", "validate"))];
    const second = await cloud.run("frames", runArguments("boxes"));

    expect(first.ErrorMessage).to.equal(undefined);
    const expected = Array.from({ length: 60 }, (_, i) => i).filter((i) => i % 9 !== 0);
    expect(written).to.have.members(expected.map((i) => `${i}.0,${i},2,${i * 2}`));
    for (const run of [first, second]) {
      expect(await cloud.logged("/aws-glue/jobs/output", run.Id as string)).to.deep.equal([
        "persistent: 1",
      ]);
    }
    // As on Glue, what the writer of DynamicFrames finds is not replaced.
    const after = [...(await lines("boxes", "train")), ...(await lines("boxes", "validate"))];
    expect(after).to.have.length(2 * written.length);
  });
});
