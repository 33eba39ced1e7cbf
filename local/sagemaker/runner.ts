import type { MetricDefinition } from "@aws-sdk/client-sagemaker";

/** What a container is started for. */
export type ContainerUse = "train" | "serve";

/** How a container's process is started. */
export interface ContainerProgram {
  command: string;
  args: readonly string[];
  cwd: string;
  /** Beside what the job sets; of two settings of one name the job's holds. */
  env: Readonly<Record<string, string>>;
}

/** What stands on a laptop for the container of an image. */
export interface Runner {
  /** Tells its waiting processes from those of others: the image without its registry. */
  name: string;
  /** How its processes are started. What they need is installed first; rejects when that fails. */
  programs(): Promise<Record<ContainerUse, ContainerProgram>>;
  /** Whether its programs take `--standby`: load their libraries, then wait for a job on standard input. */
  standby: boolean;
  /** What SageMaker scrapes from the logs of this algorithm's training jobs; `undefined`: what the job itself defines. */
  metricDefinitions: readonly MetricDefinition[] | undefined;
}
