import { expect } from "chai";
import {
  glueConcurrency,
  longestWaitSeconds,
  trainingQuota,
} from "../../../components/state-machine/retry.ts";

const day = 24 * 3600;

describe("waiting for a place that other runs hold", () => {
  for (const [what, retrier] of Object.entries({ glueConcurrency, trainingQuota })) {
    it(`goes on for a day: ${what}`, () => {
      expect(longestWaitSeconds(retrier)).to.be.within(day, 1.1 * day);
    });

    it(`looks again soon, measured by the wait so far: ${what}`, () => {
      const { IntervalSeconds, BackoffRate, MaxDelaySeconds } = retrier;
      for (let attempts = 5; attempts < 100; attempts += 1) {
        const pause = Math.min(IntervalSeconds * BackoffRate ** attempts, MaxDelaySeconds);
        const waited = longestWaitSeconds({ ...retrier, MaxAttempts: attempts });
        expect(pause).to.be.below(0.4 * waited);
      }
    });
  }
});
