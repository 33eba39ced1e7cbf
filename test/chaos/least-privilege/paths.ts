import { CreateModelCommand } from "@aws-sdk/client-sagemaker";
import { DescribeStateMachineCommand, UpdateStateMachineCommand } from "@aws-sdk/client-sfn";
import { logGroups } from "../../../components/names.ts";
import { brokenInput } from "../inputs.ts";
import { objectCreated } from "../object-created.ts";
import { until } from "../until.ts";
import { deniedSending, type Path } from "./path.ts";
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

const cleanUp = (workshop: Workshop) => workshop.bench.names.cleanUpRunsFunction;
const close = (workshop: Workshop) => workshop.bench.names.closeRunFunction;
const start = (workshop: Workshop) => workshop.bench.names.startRetrainingFunction;

const removal =
  (onRenameOrDestroy: "delete" | "keep") =>
  ({ bench }: Workshop) => ({
    tf: { action: "delete", prev_input: null },
    endpointName: bench.churn.endpointName,
    onRenameOrDestroy,
  });

export const paths = {
  update: {
    prepare: severalVersions,
    take: async (workshop) => (await workshop.run()).status === "SUCCEEDED",
  },
  deployment: {
    take: async ({ bench }) => {
      const { stateMachineArn } = bench.churn;
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
  "first run": {
    prepare: async (workshop) => {
      await workshop.deleteEndpoint();
      await workshop.deleteLogGroup(logGroups.trainingJobs);
      await workshop.deleteLogGroup(logGroups.ofEndpoint(workshop.bench.churn.endpointName));
    },
    take: async (workshop) => (await workshop.run()).status === "SUCCEEDED",
  },
  "refused by ETL": {
    take: async ({ bench }) => {
      const { ended, report } = await bench.run(brokenInput());
      return ended === "FAILED EtlFailed" && report !== undefined && !("closed" in report);
    },
  },
  "model that is gone": {
    take: async ({ bench }) => {
      const { cloud, churn, clients, names } = bench;
      const role = `arn:aws:iam::${cloud.accountId}:role/${names.roles.serving}`;
      const error = await clients.sagemaker
        .send(
          new CreateModelCommand({
            ModelName: `${names.runPrefix}gone`,
            ExecutionRoleArn: role,
            PrimaryContainer: {
              Image: `257758044811.dkr.ecr.${cloud.region}.amazonaws.com/sagemaker-xgboost:3.0-5`,
              ModelDataUrl: `s3://${churn.bucket}/models/gone/model.tar.gz`,
            },
          }),
        )
        .catch((reason: Error) => reason);
      return error instanceof Error && error.message.startsWith("Could not find model data");
    },
  },
  "abort in ETL": {
    prepare: severalVersions,
    take: async (workshop) => {
      await workshop.abortInEtl();
      return true;
    },
  },
  "abort in training": {
    prepare: severalVersions,
    take: async (workshop) => {
      await workshop.abortInTraining();
      return true;
    },
  },
  start: {
    prepare: (workshop) => workshop.earlierUpload(),
    take: async (workshop) => {
      const upload = await workshop.earlierUpload();
      const event = objectCreated(workshop.bench, upload);
      return (await workshop.invoke(start(workshop), event)).ok;
    },
  },
  "refused upload": {
    take: invoking(start, ({ bench }) =>
      objectCreated(bench, { key: "input/empty.csv", versionId: "none" }, 0),
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
      const { said } = await workshop.invoke(workshop.bench.names.resolveEndpointFunction, {
        endpointName: workshop.bench.churn.endpointName,
        instanceCount: 1,
        run: { title, key: "input/x.csv", uploadedAt: new Date().toISOString() },
      });
      return said.includes("It is being deleted");
    },
  },
  "discard of a failed endpoint": {
    prepare: (workshop) => workshop.failedEndpoint(),
    take: invoking(
      (workshop) => workshop.bench.names.pruneVersionsFunction,
      async (workshop) => {
        const [title] = await workshop.titles();
        return { configName: `${workshop.bench.names.runPrefix}${title}`, failed: true };
      },
    ),
  },
  "clean-up": { prepare: severalVersions, take: invoking(cleanUp, removal("delete")) },
  "clean-up of nothing": {
    take: invoking(cleanUp, () => ({ tf: { action: "create", prev_input: null } })),
  },
  "clean-up in a run": {
    prepare: severalVersions,
    take: async (workshop) => {
      const upload = await workshop.upload();
      await until("the run", async () => await workshop.bench.execution(upload), 120);
      const { ok } = await workshop.invoke(cleanUp(workshop), removal("delete")(workshop));
      await workshop.bench.finished(upload);
      return ok;
    },
  },
  "clean-up with ETL": {
    prepare: severalVersions,
    take: async (workshop) => {
      await workshop.startEtl();
      return (await workshop.invoke(cleanUp(workshop), removal("delete")(workshop))).ok;
    },
  },
  "clean-up with training": {
    prepare: severalVersions,
    take: async (workshop) => {
      await workshop.startTraining();
      return (await workshop.invoke(cleanUp(workshop), removal("delete")(workshop))).ok;
    },
  },
  "clean-up that keeps the endpoint": {
    prepare: severalVersions,
    take: invoking(cleanUp, removal("keep")),
  },
  closing: { take: invoking(close, (workshop) => workshop.unrecordedOldRun()) },
  "closing with ETL": {
    take: async (workshop) => {
      const event = await workshop.unrecordedOldRun();
      await workshop.startEtl(event.detail.name);
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
  "failed closing": {
    broken: { role: "closeRun", action: "states:GetExecutionHistory" },
    prepare: severalVersions,
    take: async (workshop, denials) => {
      await workshop.abortInEtl();
      return !(await deniedSending(denials));
    },
  },
} satisfies Record<string, Path<Workshop>>;

export type PathName = keyof typeof paths;
