import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { pipelineNames } from "../../../components/names.ts";
import { churnPipeline, type Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { featureRow } from "../inputs.ts";
import { allMissed, everyPermissionBeyond } from "../least-privilege/every-permission.ts";
import { furtherPaths } from "../least-privilege/further-paths.ts";
import { checkpointAndChannelUses, tuningUses } from "../least-privilege/further-uses.ts";
import type { RoleUses } from "../least-privilege/use.ts";
import { Workshop } from "../least-privilege/workshop.ts";

/** As churn is in the other rows, to tell what its roles have beyond that. */
const plain = { ...churnPipeline, endpoint: { ...churnPipeline.endpoint, name: "plain" } };
const plainNames = pipelineNames("local", "plain");

const { max_depth: _tuned, ...hyperparameters } = churnPipeline.training.hyperparameters;
const tuned = {
  training: {
    ...churnPipeline.training,
    hyperparameters,
    tuning: {
      strategy: "Random",
      maxJobs: 3,
      maxParallelJobs: 2,
      ranges: { max_depth: { min: 2, max: 5 } },
    },
  },
};

const elsewhere = { bucket: "elsewhere", prefix: "validation/" };
const interruptible = {
  training: {
    ...churnPipeline.training,
    spot: { maxWaitMinutes: 2880 },
    channels: { train: "etl", validation: `s3://${elsewhere.bucket}/${elsewhere.prefix}` },
  },
  validation: { ...churnPipeline.validation, threshold: 1 }, // what is there says nothing of customers
};

/** What config adds to the roles of a pipeline. */
export const leastPrivilegeOfConfig: Experiment[] = [
  {
    name: "least-privilege-of-tuning",
    promise: "least-privilege",
    expected: allMissed,
    quick: false,
    ownCloud: { pipeline: tuned, otherPipelines: { plain } },
    run: (bench) => beyondPlain(bench, tuningUses),
  },
  {
    name: "least-privilege-of-checkpoints-and-channels",
    promise: "least-privilege",
    expected: allMissed,
    quick: false,
    ownCloud: { pipeline: interruptible, otherPipelines: { plain } },
    async run(bench) {
      await fillElsewhere(bench);
      return beyondPlain(bench, checkpointAndChannelUses);
    },
  },
];

function beyondPlain(bench: ExperimentCloud, uses: RoleUses): Promise<string> {
  const { names, churn } = bench;
  return everyPermissionBeyond(
    { bench, roles: names.roles, shop: new Workshop(bench), paths: furtherPaths, uses },
    { names, endpointName: churn.endpointName },
    { names: plainNames, endpointName: plain.endpoint.name, roles: plainNames.roles },
  );
}

async function fillElsewhere({ clients, cloud }: ExperimentCloud): Promise<void> {
  const Bucket = elsewhere.bucket;
  const LocationConstraint = cloud.region as "us-east-2";
  await clients.s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }),
  );
  const rows = [0, 1].map((label) => `${label},${featureRow}\n`);
  const Key = `${elsewhere.prefix}rows.csv`;
  await clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: rows.join("") }));
}
