/** Keys in a pipeline's bucket. Each pipeline has a bucket of its own: no prefix of another's can be met here. */
export const bucketLayout = {
  /** Where users upload; only `.csv` objects below it start a run. */
  inputPrefix: "input/",
  codePrefix: "code/",
  runsPrefix: "runs/",
  refusedPrefix: "refused/",
  outputPrefix: "output/",
  /** Models: apart from the rest of what a run wrote, because they are read for as long as they may serve, not for some days. */
  modelsPrefix: "models/",

  /** The ETL script, as the Glue job runs it. */
  script: (fileName: string) => `code/${fileName}`,
  /** Modules that ETL scripts import (`glue/lib`), for `--extra-py-files`. */
  library: "code/lib.zip",

  /** Copy of the very version that started the run: a newer upload under the same key cannot slip in. */
  snapshot: (title: string, extension = ".csv") => `runs/${title}/input${extension}`,
  report: (title: string) => `runs/${title}/report.json`,
  /** Which run may look at the endpoint and change it: see takeTurn. */
  deployingRun: "deploying.json",
  /** Why an upload started no run. */
  refusal: (title: string) => `refused/${title}.json`,

  output: (title: string) => `output/${title}/`,
  train: (title: string) => `output/${title}/train/`,
  validate: (title: string) => `output/${title}/validate/`,
  test: (title: string) => `output/${title}/test/`,
  /** A training channel beyond these, which the ETL script writes too. */
  channel: (title: string, channel: string) => `output/${title}/${channel}/`,
  checkpoints: (title: string) => `output/${title}/checkpoints/`,
  etlReport: (title: string) => `output/${title}/etl.json`,
  /** Training appends the job's name and `output/model.tar.gz`. */
  model: (title: string) => `models/${title}/`,
  /** What the model was trained on, and requests are held against. It lives and goes with the model. */
  schema: (title: string) => `models/${title}/schema.json`,
} as const;
