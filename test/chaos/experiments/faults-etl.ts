import { GetJobRunsCommand } from "@aws-sdk/client-glue";
import type { Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { acceptedInput } from "../inputs.ts";
import { endpointState, outcomeLine, struckRun, withFaults } from "../struck-run.ts";
import { until } from "../until.ts";

const failed = "FAILED EtlFailed, event Failed EtlFailed, endpoint as before, no leftovers";
const recovered = "SUCCEEDED, event Succeeded, endpoint serves this run's model, no leftovers";

export const faultsOfEtl: Experiment[] = [
  {
    name: "glue-job-fails",
    promise: "failures-are-named",
    expected: failed,
    quick: true,
    run: (bench) => struckRun(bench, ["glue-fails"]),
  },
  {
    name: "glue-throttled",
    promise: "failures-are-named",
    expected: recovered,
    quick: true,
    run: (bench) => struckRun(bench, ["glue-throttled:3"]),
  },
  {
    name: "glue-throttled-for-good",
    promise: "failures-are-named",
    expected: failed,
    quick: false,
    run: (bench) => struckRun(bench, ["glue-throttled:100"]),
  },
  {
    name: "s3-slow-for-etl",
    promise: "failures-are-named",
    expected: recovered,
    quick: false,
    run: (bench) => struckRun(bench, ["s3-slow-down=output/:2"]),
  },
  {
    name: "s3-slow-for-etl-for-good",
    promise: "failures-are-named",
    expected: failed,
    quick: false,
    run: slowUntilEtlFails,
  },
  {
    name: "glue-job-times-out",
    promise: "nothing-left-behind",
    expected: failed,
    quick: true,
    run: (bench) => struckRun(bench, ["glue-times-out"]),
  },
];

/** S3 refuses what ETL writes until ETL gives up; the record of the run, which comes next, needs S3 too. */
async function slowUntilEtlFails(bench: ExperimentCloud): Promise<string> {
  const before = await endpointState(bench);
  const upload = await withFaults(bench, ["s3-slow-down=output/:1000"], async () => {
    const started = await bench.upload(acceptedInput());
    await until("the failed Glue run", async () => {
      const { JobRuns = [] } = await bench.clients.glue.send(
        new GetJobRunsCommand({ JobName: bench.names.glueJob, MaxResults: 1 }),
      );
      const own = JSON.stringify(JobRuns[0]?.Arguments ?? {}).includes(started.title);
      return own && JobRuns[0]?.JobRunState === "FAILED" ? true : undefined;
    });
    return started;
  });
  return outcomeLine(bench, await bench.finished(upload), before);
}
