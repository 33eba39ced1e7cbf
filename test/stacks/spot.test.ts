import { expect } from "chai";
import { parsePipeline, type Refusal, refuses } from "./pipeline-config.ts";

const hyperparameters = { objective: "binary:logistic", num_round: 100, eval_metric: "error" };
const training = (more: object) => ({ training: { hyperparameters, ...more } });
const image = "123456789012.dkr.ecr.us-east-2.amazonaws.com/team/model:1.0";
const oldest = { algorithm: { name: "xgboost", version: "1" } };
const limit = "at most 60 without checkpoints: SageMaker takes no more for a built-in algorithm";

const refused: readonly Refusal[] = [
  [
    training({ spot: true }),
    "training.spot",
    true,
    "a mapping",
    "write keys below it: maxWaitMinutes",
  ],
  [
    training({ spot: {} }),
    "training.spot.maxWaitMinutes",
    undefined,
    "a whole number of minutes, 1 to 40320 (SageMaker's 28 days)",
    "write a whole number, without a unit",
  ],
  [
    training({ maxRuntimeMinutes: 60, spot: { maxWaitMinutes: 59 } }),
    "training.spot.maxWaitMinutes",
    59,
    "at least training.maxRuntimeMinutes (60): it counts waiting and training together",
    "raise it to 60 at least, or lower training.maxRuntimeMinutes",
  ],
  [
    training({ checkpoints: "yes" }),
    "training.checkpoints",
    "yes",
    "true or false",
    "write true or false, without quotes",
  ],
  [
    { ...oldest, ...training({ checkpoints: true }) },
    "training.checkpoints",
    true,
    "XGBoost 1 writes no checkpoints",
    "remove it: a job that is interrupted starts anew",
  ],
  [
    { ...oldest, ...training({ maxRuntimeMinutes: 60, spot: { maxWaitMinutes: 61 } }) },
    "training.spot.maxWaitMinutes",
    61,
    limit,
    "lower it to 60, or train without spot",
  ],
  [
    training({ maxRuntimeMinutes: 90, spot: { maxWaitMinutes: 90 }, checkpoints: false }),
    "training.spot.maxWaitMinutes",
    90,
    limit,
    "lower it to 60, and training.maxRuntimeMinutes too, or remove checkpoints: false",
  ],
];

describe("a pipeline's spot training and checkpoints", () => {
  refuses(refused);

  for (const [what, sections, expected] of [
    ["no spot", { spot: false }, { spot: undefined, checkpoints: false }],
    ["checkpoints without spot", { checkpoints: true }, { spot: undefined, checkpoints: true }],
    [
      "spot that waits exactly as long as it may run",
      { spot: { maxWaitMinutes: 60 } },
      { spot: { maxWaitMinutes: 60 }, checkpoints: true },
    ],
    [
      "a short spot training without checkpoints",
      { spot: { maxWaitMinutes: 60 }, checkpoints: false },
      { spot: { maxWaitMinutes: 60 }, checkpoints: false },
    ],
  ] as const) {
    it(`takes ${what}`, () => {
      expect(parsePipeline(training(sections))?.training).to.deep.include(expected);
    });
  }

  it("keeps no checkpoints of spot training where the algorithm writes none", () => {
    const pipeline = parsePipeline({ ...oldest, ...training({ spot: { maxWaitMinutes: 60 } }) });

    expect(pipeline?.training).to.deep.include({
      spot: { maxWaitMinutes: 60 },
      checkpoints: false,
    });
  });

  it("takes an image at its word: it may write checkpoints, and wait for longer", () => {
    const pipeline = parsePipeline({
      algorithm: { image },
      validation: { enabled: false },
      training: { spot: { maxWaitMinutes: 600 } },
    });

    expect(pipeline?.training).to.deep.include({
      spot: { maxWaitMinutes: 600 },
      checkpoints: true,
    });
  });
});
