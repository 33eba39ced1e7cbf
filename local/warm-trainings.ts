import type { Operation, Service } from "./cloud/service.ts";
import type { SageMakerService } from "./sagemaker/service.ts";

/** Starts processes of algorithms ahead of the training jobs that will want them: while ETL runs, nobody waits for that. */
export class WarmTrainings {
  readonly #sagemaker: SageMakerService;
  readonly #log: (line: string) => void;
  readonly #imageAfterJob = new Map<string, string>();

  constructor(sagemaker: SageMakerService, log: (line: string) => void) {
    this.#sagemaker = sagemaker;
    this.#log = log;
  }

  /** What will be trained after which ETL job; processes of the first one start now. */
  expect(imageAfterJob: ReadonlyMap<string, string>): void {
    for (const [job, image] of imageAfterJob) this.#imageAfterJob.set(job, image);
    const [first] = imageAfterJob.values();
    if (first !== undefined) this.#start(first);
  }

  /** Glue, which says when a job starts. */
  announcedBy(glue: Service): Service {
    const startJobRun = glue.operations["StartJobRun"];
    if (startJobRun === undefined) throw new Error("Glue has no operation StartJobRun");
    const announced: Operation = (request) => {
      const { JobName: job } = request as { JobName: string };
      // A program that was deployed from another process said nothing: what was trained last is the best guess then.
      this.#start(this.#imageAfterJob.get(job) ?? this.#sagemaker.lastImage());
      return startJobRun(request);
    };
    return { ...glue, operations: { ...glue.operations, StartJobRun: announced } };
  }

  #start(image: string | undefined): void {
    if (image === undefined) return;
    this.#sagemaker.warmUp(image).catch((error) => this.#log(`${image} did not start: ${error}`));
  }
}
