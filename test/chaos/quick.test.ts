import { expect } from "chai";
import { allExperiments } from "./all-experiments.ts";
import { Bench, inOrder, type Outcome } from "./bench.ts";

const experiments = inOrder((await allExperiments()).filter(({ quick }) => quick));

describe("quick experiments", function () {
  this.timeout(300_000);
  const bench = new Bench();
  const outcomes: Outcome[] = [];

  after(async () => {
    await bench.stop();
    const total = outcomes.reduce((sum, { seconds }) => sum + seconds, 0);
    const times = outcomes.map(
      ({ experiment, seconds }) => `${experiment.name} ${seconds.toFixed(1)}`,
    );
    console.log(`    ${outcomes.length} experiments in ${total.toFixed(0)} s: ${times.join(", ")}`);
  });

  for (const experiment of experiments) {
    it(`${experiment.name}: ${experiment.expected}`, async () => {
      const outcome = await bench.perform(experiment);
      outcomes.push(outcome);

      if (outcome.error) throw outcome.error;
      expect(outcome.seen).to.equal(experiment.expected);
    });
  }
});
