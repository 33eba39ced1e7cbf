import { expect } from "chai";
import { etlChannel, furtherChannels } from "../../components/etl-channel.ts";

describe("etlChannel", () => {
  for (const [channel, argument, folder] of [
    ["train", "S3_TRAIN_KEY", "output/t/train/"],
    ["validation", "S3_VALIDATE_KEY", "output/t/validate/"],
    ["test", "S3_TEST_KEY", "output/t/test/"],
    ["auxiliary", "S3_AUXILIARY_KEY", "output/t/auxiliary/"],
    ["train_lst", "S3_TRAIN_LST_KEY", "output/t/train_lst/"],
    ["my.data-2", "S3_MY_DATA_2_KEY", "output/t/my.data-2/"],
  ] as const) {
    it(`lets the script write ${channel} to what it gets as ${argument}`, () => {
      const found = etlChannel(channel);

      expect({ argument: found.argument, folder: found.folder("t") }).to.deep.equal({
        argument,
        folder,
      });
    });
  }
});

describe("furtherChannels", () => {
  it("are those that the script feeds and not every script knows of", () => {
    expect(
      furtherChannels({ train: "etl", test: "etl", vocab: "etl", code: "s3://lake/code/" }),
    ).to.deep.equal(["vocab"]);
  });
});
