import { logGroups } from "../../../components/names.ts";
import { objectCreated } from "../object-created.ts";
import type { ComparisonWorkshop } from "./comparison-workshop.ts";
import {
  duringTrainingOf,
  duringTransformOf,
  duringTuningOf,
  leftCandidate,
} from "./left-behind.ts";
import {
  aborting,
  deployment,
  failedClosing,
  modelThatIsGone,
  type Path,
  removal,
} from "./path.ts";

type Shop = ComparisonWorkshop;
type During = <T>(shop: Shop, title: string, work: () => Promise<T>) => Promise<T>;

const served = (shop: Shop) => shop.compared();
/** Title of a comparison that there is not. */
const nobody = "left";

const whole = async (shop: Shop) => (await shop.run()).status === "SUCCEEDED";

async function isAnswered(shop: Shop, functionName: string, event: object): Promise<boolean> {
  return (await shop.invoke(functionName, event)).ok;
}

/** Calls a function as the last comparison did, or as `change` has it. */
function asking(
  functionOf: (shop: Shop) => string,
  change: (request: Record<string, unknown>) => object = (request) => request,
): Path<Shop> {
  return {
    prepare: served,
    take: async (shop) => {
      const request = await shop.askedOf(functionOf(shop));
      return isAnswered(shop, functionOf(shop), change(request));
    },
  };
}

const alone: During = (_shop, _title, work) => work();
const withCandidate: During = async (shop, title, work) => {
  await leftCandidate(shop, title);
  return work();
};

/** Closes a comparison whose version does not serve, while something of it is left or goes on. */
function closing(during = alone): Path<Shop> {
  return {
    prepare: (shop) => shop.oldTitle(),
    take: async (shop) => {
      const title = await shop.oldTitle();
      const event = await shop.unrecorded(title);
      return during(shop, title, () => isAnswered(shop, shop.names.closeComparisonFunction, event));
    },
  };
}

/** The stack goes while something of a comparison is left or goes on. */
function cleaningUp(during: During): Path<Shop> {
  return {
    prepare: served,
    take: (shop) =>
      during(shop, nobody, () => isAnswered(shop, shop.names.cleanUpRunsFunction, removal(shop))),
  };
}

/** A comparison on an upload with that extension. */
function uploaded(extension: string): Path<Shop> {
  return {
    take: async (shop) =>
      (await shop.ended(await shop.upload(undefined, extension))).status === "SUCCEEDED",
  };
}

/** The trigger's function, asked again about an upload with that extension. */
function start(extension: string): Path<Shop> {
  return {
    prepare: (shop) => shop.refusedUpload(extension),
    take: async (shop) => {
      const upload = await shop.refusedUpload(extension);
      const event = objectCreated({ cloud: shop.bench.cloud, bucket: shop.outputs.bucket }, upload);
      const started = await isAnswered(shop, shop.names.startRetrainingFunction, event);
      await shop.deleteInput(upload); // or comparisons to come would read it too
      return started;
    },
  };
}

/** A comparison that writes the first logs of its kind. */
function first(groupsOf: (shop: Shop) => string[]): Path<Shop> {
  return {
    prepare: async (shop) => {
      await shop.deleteEndpoint();
      for (const group of groupsOf(shop)) await shop.deleteLogGroup(group);
    },
    take: whole,
  };
}

export const comparisonPaths = {
  comparison: { prepare: served, take: whole },
  "first comparison": first(({ endpointName }) => [
    logGroups.trainingJobs,
    logGroups.ofEndpoint(endpointName),
  ]),
  "first transform": first(() => [logGroups.transformJobs]),
  "comparison of .csv": uploaded(".csv"),
  "comparison of .libsvm": uploaded(".libsvm"),
  "comparison of .svm": uploaded(".svm"),
  deployment,
  "refused by ETL": {
    take: async (shop) => {
      const { status, error } = await shop.ended(await shop.upload("no libsvm\n"));
      return status === "FAILED" && error === "EtlFailed";
    },
  },
  "model that is gone": modelThatIsGone,
  "abort in ETL": aborting((shop) => shop.abortInEtl()),
  "abort in training": aborting((shop) => shop.abortInTraining()),
  "abort in transform": aborting((shop) => shop.abortInTransform()),
  "abort in tuning": aborting((shop) => shop.abortInTuning()),
  "start of .libsvm": start(".libsvm"),
  "start of .svm": start(".svm"),
  gathering: asking(({ names }) => names.gatherInputsFunction),
  predicting: {
    prepare: served,
    take: async (shop) => {
      const { predictCandidateFunction: predict, removeCandidatesFunction: remove } = shop.names;
      // Another one each time: for a moment an allowed caller is not asked about again for the same endpoint.
      const title = shop.anotherTitle();
      const request = await shop.askedOf(predict);
      const source = { endpointName: await leftCandidate(shop, title) };
      const predicted = await isAnswered(shop, predict, { ...request, source });
      await shop.invoke(remove, { title, numbers: ["c01"] });
      return predicted;
    },
  },
  removing: {
    prepare: (shop) => leftCandidate(shop, nobody),
    take: (shop) =>
      isAnswered(shop, shop.names.removeCandidatesFunction, { title: nobody, numbers: ["c01"] }),
  },
  comparing: asking(({ names }) => names.compareCandidatesFunction),
  "schema of CSV": asking(
    ({ names }) => names.writeSchemaFunction,
    (request) => ({
      ...request,
      contentType: "text/csv",
      train: `${request["train"]}`.replace("/libsvm/", "/csv/"),
    }),
  ),
  recording: asking(({ names }) => names.recordComparisonFunction),
  "recording a failure": asking(
    ({ names }) => names.recordComparisonFunction,
    (request) => ({
      ...request,
      run: { ...(request["run"] as object), title: nobody },
      results: [],
      compared: null,
      winner: null,
      endpoint: null,
      failure: { name: "EtlFailed", cause: "nothing was written" },
    }),
  ),
  "clean-up": cleaningUp(withCandidate),
  "clean-up with training": cleaningUp(duringTrainingOf),
  "clean-up with transform": cleaningUp(duringTransformOf),
  "clean-up with tuning": cleaningUp(duringTuningOf),
  closing: closing(),
  "closing with a candidate": closing(withCandidate),
  "closing with ETL": closing(async (shop, title, work) => {
    await shop.etlRuns.start(title);
    return work();
  }),
  "closing with training": closing(duringTrainingOf),
  "closing with transform": closing(duringTransformOf),
  "closing with tuning": closing(duringTuningOf),
  "closing with a failed endpoint": {
    prepare: (shop) => shop.failedEndpoint(),
    take: async (shop) => {
      const [title = ""] = await shop.titles();
      return isAnswered(shop, shop.names.closeComparisonFunction, await shop.unrecorded(title));
    },
  },
  "failed closing": failedClosing({ role: "closeComparison", action: "glue:GetJobRuns" }),
} satisfies Record<string, Path<Shop>>;

export type ComparisonPathName = keyof typeof comparisonPaths;
