import { DescribeStateMachineCommand, UpdateStateMachineCommand } from "@aws-sdk/client-sfn";
import { logGroups } from "../../../components/names.ts";
import type { ComparisonWorkshop } from "./comparison-workshop.ts";
import {
  deleteEndpoint,
  failedEndpoint,
  leftCandidate,
  startEtl,
  startTraining,
} from "./left-behind.ts";
import { deniedSending, type Path } from "./path.ts";

type Shop = ComparisonWorkshop;

const served = (shop: Shop) => shop.compared();
/** Title of a comparison that there is not. */
const nobody = "left";

/** Calls a function as the last comparison did, or as `change` has it. */
function asking(
  functionOf: (shop: Shop) => string,
  change: (request: Record<string, unknown>, shop: Shop) => unknown = (request) => request,
): Path<Shop> {
  return {
    prepare: served,
    take: async (shop) => {
      const request = await shop.askedOf(functionOf(shop));
      return shop.invoke(functionOf(shop), (await change(request, shop)) as object);
    },
  };
}

const close = (shop: Shop) => shop.names.closeComparisonFunction;

/** Closes a comparison whose version does not serve, after `before`. */
function closing(before: (shop: Shop, title: string) => Promise<unknown> = async () => {}) {
  return {
    prepare: (shop) => shop.oldTitle(),
    take: async (shop) => {
      const title = await shop.oldTitle();
      const event = await shop.unrecorded(title);
      await before(shop, title);
      return shop.invoke(close(shop), event);
    },
  } satisfies Path<Shop>;
}

const whole = async (shop: Shop) => (await shop.run()).status === "SUCCEEDED";

export const comparisonPaths = {
  comparison: { prepare: served, take: whole },
  "first comparison": {
    prepare: async (shop) => {
      await deleteEndpoint(shop);
      await shop.deleteLogGroup(logGroups.trainingJobs);
      await shop.deleteLogGroup(logGroups.ofEndpoint(shop.endpointName));
    },
    take: whole,
  },
  deployment: {
    take: async ({ bench }) => {
      const stateMachineArn = bench.comparisons["shells"]?.stateMachineArn;
      const { sfn } = bench.clients;
      const { definition, loggingConfiguration } = await sfn.send(
        new DescribeStateMachineCommand({ stateMachineArn }),
      );
      const update = { stateMachineArn, definition, loggingConfiguration };
      return sfn.send(new UpdateStateMachineCommand(update)).then(
        () => true,
        () => false,
      );
    },
  },
  "refused by ETL": {
    take: async (shop) => {
      const { status, error } = await shop.ended(await shop.upload("no libsvm\n"));
      return status === "FAILED" && error === "EtlFailed";
    },
  },
  "abort in ETL": {
    prepare: served,
    take: async (shop) => {
      await shop.abortInEtl();
      return true;
    },
  },
  "abort in training": {
    prepare: served,
    take: async (shop) => {
      await shop.abortInTraining();
      return true;
    },
  },
  gathering: asking(({ names }) => names.gatherInputsFunction),
  predicting: {
    prepare: served,
    take: async (shop) => {
      const { predictCandidateFunction: predict, removeCandidatesFunction: remove } = shop.names;
      // Another one each time: for a moment an allowed caller is not asked about again for the same endpoint.
      const title = shop.anotherTitle();
      const request = await shop.askedOf(predict);
      const source = { endpointName: await leftCandidate(shop, title) };
      const predicted = await shop.invoke(predict, { ...request, source });
      await shop.invoke(remove, { title, numbers: ["c01"] });
      return predicted;
    },
  },
  removing: {
    prepare: (shop) => leftCandidate(shop, nobody),
    take: (shop) =>
      shop.invoke(shop.names.removeCandidatesFunction, { title: nobody, numbers: ["c01"] }),
  },
  comparing: asking(({ names }) => names.compareCandidatesFunction),
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
  closing: closing(),
  "closing with a candidate": closing(leftCandidate),
  "closing with ETL": closing(startEtl),
  "closing with training": closing(startTraining),
  "closing with a failed endpoint": {
    prepare: failedEndpoint,
    take: async (shop) => {
      const [title = ""] = await shop.titles();
      return shop.invoke(close(shop), await shop.unrecorded(title));
    },
  },
  "failed closing": {
    broken: { role: "closeComparison", action: "glue:GetJobRuns" },
    prepare: served,
    take: async (shop, denials) => {
      await shop.abortInEtl();
      return !(await deniedSending(denials));
    },
  },
} satisfies Record<string, Path<Shop>>;

export type ComparisonPathName = keyof typeof comparisonPaths;
