import { expect } from "chai";
import {
  type ComparisonRefusal,
  linearLearner,
  parseCandidate,
  refusesComparisons,
  xgboost,
} from "./comparison-config.ts";

const trained = (more: object) =>
  xgboost({
    training: { hyperparameters: { objective: "reg:squarederror", num_round: 5 }, ...more },
  });
const beside = (candidate: unknown) => ({
  candidates: { first: candidate, linear: linearLearner() },
});

const refused: readonly ComparisonRefusal[] = [
  ...[true, "yes"].map(
    (checkpoints): ComparisonRefusal => [
      beside(trained({ checkpoints })),
      "candidates.first.training.checkpoints",
      checkpoints,
      "a candidate keeps no checkpoints: one that is interrupted trains anew",
      "remove it",
    ],
  ),
  [
    beside(trained({ spot: { maxWaitMinutes: 90 } })),
    "candidates.first.training.spot.maxWaitMinutes",
    90,
    "at most 60 without checkpoints: SageMaker takes no more for a built-in algorithm",
    "lower it to 60, or train without spot",
  ],
];

describe("candidates that may be interrupted", () => {
  refusesComparisons(refused);

  it("wait for spot capacity as long as SageMaker lets jobs without checkpoints", () => {
    const { training } = parseCandidate(
      trained({ checkpoints: false, spot: { maxWaitMinutes: 60 } }),
    );

    expect(training).to.deep.include({ spot: { maxWaitMinutes: 60 }, checkpoints: false });
  });
});
