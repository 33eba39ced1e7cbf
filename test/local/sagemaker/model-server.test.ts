import { expect } from "chai";
import type { CloudContext } from "../../../local/cloud/context.ts";
import type { LogStream } from "../../../local/cloud/log-stream.ts";
import {
  DeploymentFailure,
  type ServedModel,
} from "../../../local/sagemaker/hosting/deployment.ts";
import { ModelServer } from "../../../local/sagemaker/hosting/model-server.ts";
import type { Runner } from "../../../local/sagemaker/runner.ts";
import type { Workers } from "../../../local/sagemaker/workers.ts";
import { failureOf } from "../../support/failure-of.ts";

describe("ModelServer", () => {
  it("starts no process once it was stopped while its libraries were being installed", async () => {
    const installed = Promise.withResolvers<void>();
    const started: string[] = [];
    const workers: Pick<Workers, "prepare" | "start"> = {
      prepare: () => installed.promise,
      start: (runner) => {
        started.push(runner.name);
        throw new Error("a process was started");
      },
    };
    const server = new ModelServer<ServedModel>({
      context: {} as CloudContext,
      variant: { name: "AllTraffic" } as ServedModel,
      runner: { name: "xgboost", standby: true } as Runner,
      workers: workers as Workers,
      log: {} as LogStream,
    });

    const start = failureOf(server.start());
    await server.stop();
    installed.resolve();

    expect(await start).to.be.instanceOf(DeploymentFailure);
    expect(started).to.deep.equal([]);
  });
});
