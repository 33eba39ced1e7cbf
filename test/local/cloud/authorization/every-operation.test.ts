import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import type { CloudContext } from "../../../../local/cloud/context.ts";
import type { Service } from "../../../../local/cloud/service.ts";
import { FaultPlan } from "../../../../local/faults/fault-plan.ts";
import { createGlue } from "../../../../local/glue/service.ts";
import { removeFolder } from "../../../../local/processes/remove-folder.ts";
import { createSageMaker } from "../../../../local/sagemaker/service.ts";
import { FakeIdentity } from "../../../support/fake-identity.ts";

describe("the services of the local cloud", () => {
  let folder: string;
  const services: Service[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "services-"));
    const context: CloudContext = {
      region: "us-east-2",
      accountId: "000000000000",
      stateDir: folder,
      endpointUrl: "http://127.0.0.1:9",
      interpreters: { cloud: "", spark: "" },
      containerPython: async () => "",
      faults: new FaultPlan(),
      identity: new FakeIdentity(),
      s3: new S3Client({ region: "us-east-2" }),
      log: () => {},
    };
    services.push(await createSageMaker(context), await createGlue(context));
  });

  after(async () => {
    for (const service of services) await service.close();
    await removeFolder(folder);
  });

  it("ask IAM before every operation that they have, and before no other", () => {
    for (const { operations, checks } of services) {
      expect(Object.keys(checks).sort()).deep.equal(Object.keys(operations).sort());
    }
  });
});
