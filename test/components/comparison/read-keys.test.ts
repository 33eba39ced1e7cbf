import { expect } from "chai";
import type { Statement } from "../../../components/policies.ts";
import type { ComparisonConfig } from "../../../stacks/comparison-config.ts";
import { abalone, abaloneContext } from "../../support/comparison.ts";
import { abaloneStack, promoted } from "../../support/comparison-stack.ts";

const { bucket } = abaloneContext();
const [asLibsvm, asCsv] = abalone().candidates;

describe("objects that parts of a comparison may read", () => {
  for (const { title, changes, expected } of [
    {
      title: "all uploads so far where data accumulate, and no single one",
      changes: { accumulate: true },
      expected: ["code/*", "runs/*/inputs/*", "output*"],
    },
    {
      title: "the upload of its run where they do not",
      changes: { accumulate: false },
      expected: [
        "code/*",
        "runs/*/input.csv",
        "runs/*/input.libsvm",
        "runs/*/input.svm",
        "output*",
      ],
    },
  ]) {
    it(`are, for ETL, ${title}`, async () => {
      expect(await readBy("abalone-etl", changes)).to.deep.equal(expected);
    });
  }

  for (const { title, candidates, expected } of [
    {
      title: "training data as CSV, which say how many features there are",
      candidates: [asLibsvm, asCsv],
      expected: ["output/*/etl.json", "output/*/csv/train/*"],
    },
    {
      title: "no training data as libsvm, which do not",
      candidates: [asLibsvm, asLibsvm],
      expected: ["output/*/etl.json"],
    },
  ]) {
    it(`are, for the schema, ${title}`, async () => {
      const read = await readBy("abalone-write-schema", {
        ...promoted(),
        candidates: candidates.flatMap((each, i) => (each ? [{ ...each, key: `c${i}` }] : [])),
      });

      expect(read).to.deep.equal(expected);
    });
  }
});

async function readBy(part: string, changes: Partial<ComparisonConfig>): Promise<string[]> {
  const { inputs } = (await abaloneStack(changes)).find(`${part}-policy`);
  const { Statement } = JSON.parse(inputs["policy"]) as { Statement: Statement[] };
  return Statement.filter(({ Action }) => Action.includes("s3:GetObject")).flatMap(
    ({ Resource = [] }) => Resource.map((arn) => arn.replace(`arn:aws:s3:::${bucket}/`, "")),
  );
}
