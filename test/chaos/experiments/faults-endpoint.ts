import { setTimeout as sleep } from "node:timers/promises";
import { DeleteEndpointCommand } from "@aws-sdk/client-sagemaker";
import type { Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { acceptedInput } from "../inputs.ts";
import { endpointState, outcomeLine, withFaults } from "../struck-run.ts";
import { until } from "../until.ts";

export const faultsOfEndpoint: Experiment[] = [
  {
    name: "create-endpoint-fails",
    promise: "nothing-left-behind",
    expected:
      "FAILED EndpointCreationFailed, event Failed EndpointCreationFailed, endpoint is gone, no leftovers; next run SUCCEEDED",
    quick: true,
    run: createFails,
  },
  {
    name: "update-endpoint-rolls-back",
    promise: "endpoint-keeps-answering",
    expected:
      "FAILED EndpointUpdateFailed, event Failed EndpointUpdateFailed, endpoint as before, no leftovers; no request failed",
    quick: true,
    run: updateRollsBack,
  },
  {
    name: "endpoint-stays-creating",
    promise: "failures-are-named",
    expected:
      "FAILED EndpointTimeout, event Failed EndpointTimeout; after the next start: next run SUCCEEDED, endpoint InService, no leftovers",
    quick: false,
    ownCloud: {
      pipeline: {
        endpoint: {
          name: "churn",
          instanceType: "ml.m5.large",
          keepVersions: 2,
          timeoutMinutes: 1,
        },
      },
    },
    run: staysCreating,
  },
];

async function createFails(bench: ExperimentCloud): Promise<string> {
  const before = await endpointState(bench);
  await bench.clients.sagemaker.send(
    new DeleteEndpointCommand({ EndpointName: bench.churn.endpointName }),
  );
  await until("the endpoint's end", async () => ((await bench.endpoint()) ? undefined : true));
  const run = await withFaults(bench, ["create-endpoint-fails"], () => bench.run(acceptedInput()));
  const line = await outcomeLine(bench, run, before);
  const next = await bench.run(acceptedInput());
  return `${line}; next run ${next.ended}`;
}

async function updateRollsBack(bench: ExperimentCloud): Promise<string> {
  const before = await endpointState(bench);
  const asking = askAllAlong(bench);
  const run = await withFaults(bench, ["update-endpoint-rolls-back"], () =>
    bench.run(acceptedInput()),
  ).finally(() => asking.stop());
  const failures = await asking.failures;
  const asked = failures.length === 0 ? "no request failed" : failures.join(", ");
  return `${await outcomeLine(bench, run, before)}; ${asked}`;
}

/** A client that asks the endpoint again and again; what went wrong for it. */
function askAllAlong(bench: ExperimentCloud) {
  let going = true;
  const failures = (async () => {
    const messages: string[] = [];
    while (going) {
      await bench.invoke().catch((error: Error) => messages.push(error.message));
      await sleep(20);
    }
    return messages;
  })();
  return {
    failures,
    stop: () => {
      going = false;
    },
  };
}

async function staysCreating(bench: ExperimentCloud): Promise<string> {
  const upload = await withFaults(bench, ["endpoint-stays-creating"], async () => {
    const started = await bench.upload();
    await until("the endpoint", async () => await bench.endpoint());
    return started;
  });
  const run = await bench.finished(upload, 180);
  const { detail } = await bench.eventOf(run.title);
  await bench.cloud.stop();
  await bench.startAgain();
  const next = await bench.run(acceptedInput());
  const { status } = (await bench.endpoint()) ?? {};
  return (
    `${run.ended}, event ${detail.status} ${detail.error?.name}; after the next start: ` +
    `next run ${next.ended}, endpoint ${status}, ${await bench.leftoverLine()}`
  );
}
