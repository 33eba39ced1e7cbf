import type { S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import {
  type CandidateResult,
  type ComparisonRules,
  compareCandidates,
  instanceSeconds,
  type ScoreFile,
} from "../../../handlers/compare-candidates/logic.ts";
import { fakeClient } from "../../support/fake-client.ts";

const rules: ComparisonRules = {
  task: "regression",
  metric: "rmse",
  margin: 0,
  resamples: 200,
  confidence: 0.95,
  seed: 1,
  promotion: { enabled: true, threshold: null },
};

const labels = Array.from({ length: 80 }, (_, i) => (i * 7) % 20);
const noisy = (size: number, shift: number) =>
  labels.map((label, i) => label + size * Math.sin(i + shift));

/** Objects of the bucket by key; what is written goes there too. */
function bucketOf(objects: Record<string, unknown>) {
  const { client } = fakeClient<S3Client>({
    GetObject: ({ Key }: { Key: string }) => {
      if (!(Key in objects)) throw new Error(`no object ${Key}`);
      return { Body: { transformToString: async () => JSON.stringify(objects[Key]) } };
    },
    PutObject: ({ Key, Body }: { Key: string; Body: string }) => {
      objects[Key] = JSON.parse(Body);
      return {};
    },
  });
  return client;
}

const scored = (key: string, number: string, seconds: number): CandidateResult => ({
  key,
  number,
  status: "Scored",
  instanceCount: 1,
  training: { jobName: `job-${number}`, status: "Completed", billableSeconds: seconds },
  predictions: { predictionsKey: `${number}.json`, rows: 80, seconds: 1 },
});
const failed: CandidateResult = {
  key: "broken",
  number: "c03",
  status: "Failed",
  failure: { name: "TrainingFailed", cause: "AlgorithmError: no" },
};

function objects(): Record<string, unknown> {
  return {
    "output/t/etl.json": { labelMean: 9.5, classes: null },
    "c01.json": { labels, values: noisy(1, 0) },
    "c02.json": { labels, values: noisy(4, 1) },
  };
}

describe("the comparison of candidates", () => {
  const two = [scored("trees", "c01", 60), scored("linear", "c02", 30)];

  it("names the winner for the state machine, and keeps all scores", async () => {
    const there = objects();

    const compared = await compareCandidates(bucketOf(there), "b", {
      title: "t",
      rules,
      candidates: [...two, failed],
    });

    expect(compared).to.deep.equal({
      outcome: "winner",
      winner: "c01",
      promote: true,
      reason:
        "trees is clearly better than every other candidate of the 2 that were scored; broken failed: TrainingFailed",
    });
    const file = there["output/t/scores.json"] as ScoreFile;
    expect(file.rows).to.equal(80);
    expect(Object.keys(file.scores)).to.deep.equal(["trees", "linear"]);
    expect(file.scores.trees?.rmse?.interval?.low).to.be.below(
      Number(file.scores.trees?.rmse?.value),
    );
    expect(file.baseline.rmse?.value).to.be.above(4);
    expect(file.verdict?.cheapest).to.equal("trees");
  });

  const decisions: [string, Partial<ComparisonRules>, object][] = [
    [
      "promotion is off",
      { promotion: { enabled: false, threshold: null } },
      { winner: "c01", promote: false },
    ],
    [
      "the threshold is reached",
      { promotion: { enabled: true, threshold: 1 } },
      { winner: "c01", promote: true },
    ],
    [
      "the threshold is not reached",
      { promotion: { enabled: true, threshold: 0.1 } },
      { winner: "c01", promote: false },
    ],
    [
      "the gain is below the margin",
      { margin: 100 },
      { outcome: "no clear winner", winner: null, promote: false },
    ],
  ];
  for (const [what, more, expected] of decisions) {
    it(`decides on promotion where ${what}`, async () => {
      const request = { title: "t", rules: { ...rules, ...more }, candidates: two };

      const compared = await compareCandidates(bucketOf(objects()), "b", request);

      expect(compared).to.include(expected);
      if (what.endsWith("not reached"))
        expect(compared.reason).to.match(/does not reach promotion.threshold 0.1/);
    });
  }

  it("says of whom the winner is the best where a candidate failed, and why that did", async () => {
    const candidates = [...two, failed];

    const clear = await compareCandidates(bucketOf(objects()), "b", {
      title: "t",
      rules,
      candidates,
    });
    const unclear = await compareCandidates(bucketOf(objects()), "b", {
      title: "t",
      rules: { ...rules, margin: 99 },
      candidates,
    });

    expect(clear.reason).to.equal(
      "trees is clearly better than every other candidate of the 2 that were scored; broken failed: TrainingFailed",
    );
    expect(unclear.reason).to.equal(
      "trees is better than linear, but by less than the margin of 99; broken failed: TrainingFailed",
    );
  });

  it("compares nothing where fewer than two candidates have scores, and says which failed and why", async () => {
    const there = objects();
    const one = { title: "t", rules, candidates: [scored("trees", "c01", 60), failed] };

    expect(await compareCandidates(bucketOf(there), "b", one)).to.deep.equal({
      outcome: "too few results",
      winner: null,
      promote: false,
      reason: "only one candidate has scores; failed: broken (TrainingFailed: AlgorithmError: no)",
    });
    expect(there["output/t/scores.json"]).to.deep.include({ verdict: null, rows: 80 });

    const none = await compareCandidates(bucketOf({}), "b", {
      title: "t",
      rules,
      candidates: [failed],
    });
    expect(none.reason).to.match(/^no candidate has scores/);
  });

  it("fails where candidates were not asked about the same rows", async () => {
    const there = { ...objects(), "c02.json": { labels: labels.toReversed(), values: labels } };
    let message = "";

    await compareCandidates(bucketOf(there), "b", { title: "t", rules, candidates: two }).catch(
      (error: Error) => {
        message = error.message;
      },
    );

    expect(message).to.equal("linear was not asked about the same test rows as trees");
  });

  it("counts what all training jobs of a tuning job took, and does not guess where that is unknown", () => {
    const tuned = (seconds: number | null) => ({
      instanceCount: 2,
      training: {
        jobName: "best",
        status: "Completed",
        billableSeconds: 10,
        tuning: {
          jobName: "tuning",
          strategy: "Random",
          objective: { metric: "validation:rmse", direction: "min" as const },
          trainings: { completed: 9, stopped: 0, failed: 0 },
          seconds,
        },
      },
    });
    const common = { key: "trees", number: "c01", status: "Scored" as const };
    const predictions = { predictionsKey: "c01.json", rows: 80, seconds: 1 };

    expect(instanceSeconds({ ...common, predictions, ...tuned(90) })).to.equal(180);
    expect(instanceSeconds({ ...common, predictions, ...tuned(null) })).to.equal(null);
  });

  it("calls no candidate cheap whose cost is unknown", async () => {
    const there = objects();
    const [trees, linear] = two as [CandidateResult, CandidateResult];
    const training = { jobName: "job-c02", status: "Completed" };
    const candidates = [trees, { ...linear, training } as CandidateResult];

    await compareCandidates(bucketOf(there), "b", {
      title: "t",
      rules: { ...rules, margin: 100 },
      candidates,
    });

    expect((there["output/t/scores.json"] as ScoreFile).verdict?.cheapest).to.equal("trees");
  });

  it("leaves out a score that the labels do not define, and says so where it decides", async () => {
    const same = { labels: labels.map(() => 3), values: noisy(1, 0) };
    const there = { ...objects(), "c01.json": same, "c02.json": { ...same, values: labels } };
    const request = { title: "t", rules, candidates: two };
    let message = "";

    await compareCandidates(bucketOf(there), "b", request);
    await compareCandidates(bucketOf(there), "b", {
      ...request,
      rules: { ...rules, metric: "r2" },
    }).catch((error: Error) => {
      message = error.message;
    });

    const { scores } = there["output/t/scores.json" as never] as ScoreFile;
    expect(scores["trees"]).to.have.all.keys("rmse", "mae");
    expect(message).to.equal(
      "the 80 rows that were predicted define no r2: their labels are all the same",
    );
  });

  it("counts classes that only some rows have", async () => {
    const classes = Array.from({ length: 60 }, (_, i) => i % 3);
    const there = {
      "output/t/etl.json": {
        labelMean: null,
        classes: { train: { 0: 50, 1: 50 }, test: { 0: 20, 1: 20, 2: 20 } },
      },
      "c01.json": { labels: classes, values: classes },
      "c02.json": { labels: classes, values: classes.map((label) => Math.min(label, 1)) },
    };
    const request = {
      title: "t",
      rules: { ...rules, task: "multiclass", metric: "f1" } as const,
      candidates: two,
    };

    expect((await compareCandidates(bucketOf(there), "b", request)).winner).to.equal("c01");
  });
});
