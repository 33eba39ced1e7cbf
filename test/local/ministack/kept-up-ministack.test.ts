import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, ListBucketsCommand } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { ministackIdentity } from "../../../local/ministack/identity.ts";
import {
  type KeptUpMinistack,
  keepMinistackUp,
} from "../../../local/ministack/kept-up-ministack.ts";
import { removeFolder } from "../../../local/processes/remove-folder.ts";
import { interpreter } from "../../../local/setup/python-environments.mjs";
import { kindOf, processesOf } from "../../chaos/processes.ts";
import { eventually } from "../../support/eventually.ts";
import { accountId, makeClients, region, root } from "./test-cloud.ts";

describe("a ministack that is kept up", () => {
  let folder: string;
  let ministack: KeptUpMinistack;
  let lines: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "ministack-test-"));
    lines = [];
    ministack = await keepMinistackUp(
      {
        python: await interpreter("cloud"),
        stateDir: join(folder, "state"),
        backendUrl: "http://127.0.0.1:1",
        logFile: join(folder, "ministack.log"),
        region,
        root,
        nodeBinDir: dirname(process.execPath),
      },
      (line) => lines.push(line),
    );
  });
  afterEach(async () => {
    await ministack.stop();
    await removeFolder(folder);
  });

  const killed = async () => {
    const { pid } = ministack;
    process.kill(pid, "SIGKILL");
    await eventually(async () => (ministack.pid === pid ? undefined : true));
  };

  it("answers on the same address after it was killed, with all that it had confirmed", async () => {
    const clients = makeClients(ministack.url);
    await clients.s3.send(new CreateBucketCommand({ Bucket: "bucket" }));

    await killed();

    const { Buckets } = await clients.s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).to.deep.equal(["bucket"]);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.contain("ended with SIGKILL").and.contain("started again");
  });

  it("knows the sessions that it gave before", async () => {
    const trust = {
      Effect: "Allow",
      Principal: { Service: "sagemaker.amazonaws.com" },
      Action: "sts:AssumeRole",
    };
    await makeClients(ministack.url).iam.send(
      new CreateRoleCommand({
        RoleName: "training",
        AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
      }),
    );
    const { sessionToken, ...keys } = await ministackIdentity(ministack).assume({
      roleArn: `arn:aws:iam::${accountId}:role/training`,
      servicePrincipal: "sagemaker.amazonaws.com",
      sessionName: "SageMaker",
    });
    const credentials = { ...keys, sessionToken };
    const sts = new STSClient({ endpoint: ministack.url, region, credentials });
    const before = (await sts.send(new GetCallerIdentityCommand({}))).Arn;

    await killed();

    expect(before).to.match(/assumed-role\/training\/SageMaker$/);
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).to.equal(before);
  });

  it("is started once more when it was killed before it answered", async () => {
    const clients = makeClients(ministack.url);
    const first = ministack.pid;
    process.kill(first, "SIGKILL");
    const second = await eventually(async () => {
      const found = processesOf(folder, first).find((item) => kindOf(item) === "ministack");
      return found && found.pid !== first ? found.pid : undefined;
    });

    process.kill(second, "SIGKILL");

    await eventually(async () => (ministack.pid === first ? undefined : true));
    expect(ministack.pid).not.to.equal(second);
    expect((await clients.s3.send(new ListBucketsCommand({}))).Buckets ?? []).to.deep.equal([]);
    expect(lines).to.have.length(2);
  });

  it("gives up when it does not last, and says so", async () => {
    for (let i = 0; i < 4; i++) await killed();
    process.kill(ministack.pid, "SIGKILL");

    const error = await ministack.failed;
    expect(error.message).to.contain("ended with SIGKILL").and.contain("5 times in a row");
    expect(error.message).to.contain(join(folder, "ministack.log"));
  });
});
