import {
  BatchStopJobRunCommand,
  type GlueClient,
  type JobRun,
  paginateGetJobRuns,
} from "@aws-sdk/client-glue";
import { type Pause, untilNone } from "./until-none.ts";

const unfinished = ["STARTING", "RUNNING", "WAITING", "STOPPING"];

/** Glue stops this many at a time. */
const maxRuns = 25;

/** Stops the runs of the Glue job and waits for their end. */
export async function stopJobRuns(glue: GlueClient, jobName: string, pause: Pause): Promise<void> {
  await untilNone(async () => {
    const runs = await unfinishedRuns(glue, jobName);
    const toStop = runs
      .filter(({ JobRunState: state }) => state !== "STOPPING")
      .map(({ Id: id }) => id)
      .filter((id) => id !== undefined);
    for (let first = 0; first < toStop.length; first += maxRuns) {
      // runs that have ended meanwhile are among the answer's errors: the next look tells
      await glue.send(
        new BatchStopJobRunCommand({
          JobName: jobName,
          JobRunIds: toStop.slice(first, first + maxRuns),
        }),
      );
    }
    return runs.map(({ Id: id, JobRunState: state }) => `run ${id} of job ${jobName} (${state})`);
  }, pause);
}

async function unfinishedRuns(glue: GlueClient, jobName: string): Promise<JobRun[]> {
  const runs: JobRun[] = [];
  try {
    for await (const page of paginateGetJobRuns({ client: glue }, { JobName: jobName })) {
      runs.push(
        ...(page.JobRuns ?? []).filter(({ JobRunState: state = "" }) => unfinished.includes(state)),
      );
    }
  } catch (error) {
    if (error instanceof Error && error.name === "EntityNotFoundException") return []; // deleted by hand
    throw error;
  }
  return runs;
}
