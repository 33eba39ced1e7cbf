import {
  GetJobRunsCommand,
  type GlueClient,
  type JobRun,
  StartJobRunCommand,
} from "@aws-sdk/client-glue";

/** The ETL jobs of runs, each known by the title that is in its arguments. */
export interface EtlRuns {
  statesOf(title: string): Promise<string[]>;
  /** Starts an ETL run that no execution waits for, with what an earlier one read and wrote. @param title of the earlier one @default any */
  start(title?: string): Promise<void>;
}

export function etlRunsOf(glue: GlueClient, JobName: string): EtlRuns {
  const all = async (): Promise<JobRun[]> => {
    const { JobRuns = [] } = await glue.send(new GetJobRunsCommand({ JobName }));
    return JobRuns;
  };
  return {
    statesOf: async (title) =>
      (await all()).filter((run) => isOf(run, title)).map(({ JobRunState: state = "" }) => state),
    start: async (title) => {
      const model = (await all()).find((run) => title === undefined || isOf(run, title));
      await glue.send(new StartJobRunCommand({ JobName, Arguments: model?.Arguments ?? {} }));
    },
  };
}

function isOf({ Arguments: given = {} }: JobRun, title: string): boolean {
  return Object.values(given).some((value) => value.includes(title));
}
