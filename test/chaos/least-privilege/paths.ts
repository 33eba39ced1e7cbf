import { logGroups } from "../../../components/names.ts";
import { brokenInput } from "../inputs.ts";
import { objectCreated } from "../object-created.ts";
import { until } from "../until.ts";
import {
  aborting,
  deniedSending,
  deployment,
  failedClosing,
  modelThatIsGone,
  type Path,
  removal,
} from "./path.ts";
import type { Workshop } from "./workshop.ts";

const severalVersions = (workshop: Workshop) => workshop.severalVersions();

function invoking(
  functionOf: (workshop: Workshop) => string,
  eventOf: (workshop: Workshop) => object | Promise<object>,
): Path<Workshop>["take"] {
  return async (workshop) => {
    const event = await eventOf(workshop);
    return (await workshop.invoke(functionOf(workshop), event)).ok;
  };
}

const cleanUp = (workshop: Workshop) => workshop.names.cleanUpRunsFunction;
const close = (workshop: Workshop) => workshop.names.closeRunFunction;
const start = (workshop: Workshop) => workshop.names.startRetrainingFunction;

const s3Of = ({ bench, outputs }: Workshop) => ({ cloud: bench.cloud, bucket: outputs.bucket });

export const paths = {
  update: {
    prepare: severalVersions,
    take: async (workshop) => (await workshop.run()).status === "SUCCEEDED",
  },
  deployment,
  "first run": {
    prepare: async (workshop) => {
      await workshop.deleteEndpoint();
      await workshop.deleteLogGroup(logGroups.trainingJobs);
      await workshop.deleteLogGroup(logGroups.ofEndpoint(workshop.endpointName));
    },
    take: async (workshop) => (await workshop.run()).status === "SUCCEEDED",
  },
  "refused by ETL": {
    take: async ({ bench }) => {
      const { ended, report } = await bench.run(brokenInput());
      return ended === "FAILED EtlFailed" && report !== undefined && !("closed" in report);
    },
  },
  "model that is gone": modelThatIsGone,
  "abort in ETL": aborting((workshop) => workshop.abortInEtl()),
  "abort in training": aborting((workshop) => workshop.abortInTraining()),
  start: {
    prepare: (workshop) => workshop.earlierUpload(),
    take: async (workshop) => {
      const upload = await workshop.earlierUpload();
      const event = objectCreated(s3Of(workshop), upload);
      return (await workshop.invoke(start(workshop), event)).ok;
    },
  },
  "refused upload": {
    take: invoking(start, (workshop) =>
      objectCreated(s3Of(workshop), { key: "input/empty.csv", versionId: "none" }, 0),
    ),
  },
  "failed start": {
    broken: { role: "startRetraining", action: "states:StartExecution" },
    take: async (workshop, denials) => {
      await workshop.upload();
      return !(await deniedSending(denials));
    },
  },
  "failed endpoint": {
    prepare: (workshop) => workshop.failedEndpoint(),
    take: async (workshop) => {
      const [title = ""] = await workshop.titles();
      const { said } = await workshop.invoke(workshop.names.resolveEndpointFunction, {
        endpointName: workshop.endpointName,
        instanceCount: 1,
        run: { title, key: "input/x.csv", uploadedAt: new Date().toISOString() },
      });
      return said.includes("It is being deleted");
    },
  },
  "discard of a failed endpoint": {
    prepare: (workshop) => workshop.failedEndpoint(),
    take: invoking(
      (workshop) => workshop.names.pruneVersionsFunction,
      async (workshop) => {
        const [title] = await workshop.titles();
        return { configName: `${workshop.names.runPrefix}${title}`, failed: true };
      },
    ),
  },
  "clean-up": {
    prepare: severalVersions,
    take: invoking(cleanUp, (workshop) => removal(workshop)),
  },
  "clean-up of nothing": {
    take: invoking(cleanUp, () => ({ tf: { action: "create", prev_input: null } })),
  },
  "clean-up in a run": {
    prepare: severalVersions,
    take: async (workshop) => {
      const upload = await workshop.upload();
      await until("the run", async () => await workshop.bench.execution(upload), 120);
      const { ok } = await workshop.invoke(cleanUp(workshop), removal(workshop));
      await workshop.bench.finished(upload);
      return ok;
    },
  },
  "clean-up with ETL": {
    prepare: severalVersions,
    take: async (workshop) => {
      await workshop.etlRuns.start();
      return (await workshop.invoke(cleanUp(workshop), removal(workshop))).ok;
    },
  },
  "clean-up with training": {
    prepare: severalVersions,
    take: (workshop) =>
      workshop.duringTraining(
        async () => (await workshop.invoke(cleanUp(workshop), removal(workshop))).ok,
      ),
  },
  "clean-up that keeps the endpoint": {
    prepare: severalVersions,
    take: invoking(cleanUp, (workshop) => removal(workshop, "keep")),
  },
  closing: { take: invoking(close, (workshop) => workshop.unrecordedOldRun()) },
  "closing with ETL": {
    take: async (workshop) => {
      const event = await workshop.unrecordedOldRun();
      await workshop.etlRuns.start(event.detail.name);
      return (await workshop.invoke(close(workshop), event)).ok;
    },
  },
  "closing after training": {
    prepare: (workshop) => workshop.abortedInTraining(),
    take: invoking(close, async (workshop) =>
      workshop.unrecorded((await workshop.abortedInTraining()).title),
    ),
  },
  "closing with a failed endpoint": {
    prepare: (workshop) => workshop.failedEndpoint(),
    take: invoking(close, async (workshop) => {
      const [title = ""] = await workshop.titles();
      return workshop.unrecorded(title);
    }),
  },
  "failed closing": failedClosing({ role: "closeRun", action: "states:GetExecutionHistory" }),
} satisfies Record<string, Path<Workshop>>;

export type PathName = keyof typeof paths;
