import type { Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { acceptedInput } from "../inputs.ts";
import { endpointState, outcomeLine, struckRun, withFaults } from "../struck-run.ts";

const recovered = "SUCCEEDED, event Succeeded, endpoint serves this run's model, no leftovers";

export const faultsOfFunctions: Experiment[] = [
  {
    name: "resolve-endpoint-throws",
    promise: "endpoint-keeps-answering",
    expected:
      "FAILED EndpointLookupFailed, event Failed EndpointLookupFailed, endpoint as before, no leftovers",
    quick: false,
    run: (bench) => struckRun(bench, ["function-throws=resolve-endpoint"]),
  },
  {
    name: "resolve-endpoint-times-out",
    promise: "failures-are-named",
    expected: recovered,
    quick: false,
    run: (bench) => struckRun(bench, ["function-times-out=resolve-endpoint"]),
  },
  {
    name: "functions-throttled",
    promise: "failures-are-named",
    expected: recovered,
    quick: true,
    run: (bench) =>
      struckRun(
        bench,
        ["resolve-endpoint", "prune-versions", "record-run"].map(
          (name) => `function-throttled=${name}:2`,
        ),
      ),
  },
  {
    name: "prune-versions-throws",
    promise: "nothing-left-behind",
    expected: `SUCCEEDED; next run: ${recovered}`,
    quick: false,
    run: (bench) => thenAnother(bench, ["function-throws=prune-versions"]),
  },
  {
    name: "discard-version-throws",
    promise: "nothing-left-behind",
    expected: `FAILED EndpointUpdateFailed; next run: ${recovered}`,
    quick: false,
    run: (bench) =>
      thenAnother(bench, ["update-endpoint-rolls-back", "function-throws=prune-versions"]),
  },
  {
    name: "record-run-throws",
    promise: "failures-are-named",
    expected:
      "FAILED RecordFailed, event Failed RecordFailed, endpoint serves this run's model, no leftovers",
    quick: true,
    run: (bench) => struckRun(bench, ["function-throws=record-run"]),
  },
  {
    name: "record-run-times-out",
    promise: "failures-are-named",
    expected: recovered,
    quick: false,
    run: (bench) => struckRun(bench, ["function-times-out=record-run"]),
  },
  {
    name: "s3-slow-for-record",
    promise: "failures-are-named",
    expected: recovered,
    quick: false,
    // the snapshot is copied once and read once by ETL: the third request is the report
    run: (bench) => struckRun(bench, ["s3-slow-down=runs/:3@3"]),
  },
];

/** A run that could not clean up, and one after it, which has to. */
async function thenAnother(bench: ExperimentCloud, faults: string[]): Promise<string> {
  const before = await endpointState(bench);
  const run = await withFaults(bench, faults, () => bench.run(acceptedInput()));
  const next = await bench.run(acceptedInput());
  return `${run.ended}; next run: ${await outcomeLine(bench, next, before)}`;
}
