import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import { bucketName } from "../../components/names.ts";
import { freePort } from "../../local/free-port.ts";
import { projectRoot } from "../../local/setup/node-packages.mjs";

interface Ended {
  code: number | string | undefined;
  stdout: string;
  stderr: string;
}

function run(script: string, ...args: string[]): Promise<Ended> {
  return runIn({}, script, ...args);
}

function runIn(env: NodeJS.ProcessEnv, script: string, ...args: string[]): Promise<Ended> {
  const path = join(projectRoot, "scripts", script);
  const options = { env: { ...process.env, ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, [path, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe("a command", () => {
  it("names an option that it does not have, and shows its usage", async () => {
    const { code, stderr } = await run("algorithms.ts", "--nonsense");

    expect(code).to.equal(1);
    expect(stderr).to.match(/^Unknown option '--nonsense'\n\nnpm run algorithms \[/);
  });

  it("shows its usage on --help", async () => {
    const { code, stdout, stderr } = await run("algorithms.ts", "--help");

    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(/^npm run algorithms \[/);
  });

  it("says what to do where no local cloud answers any more", async () => {
    const port = await freePort();
    const keys = { AWS_ACCESS_KEY_ID: "AKIAOLD", AWS_SECRET_ACCESS_KEY: "old" };
    const env = {
      ...keys,
      AWS_REGION: "us-east-2",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_MAX_ATTEMPTS: "1",
    };
    const machine = "arn:aws:states:us-east-2:000000000000:stateMachine:local-churn-retraining";

    const { code, stderr } = await runIn(env, "follow-run.ts", "--state-machine", machine);

    expect(code).to.equal(1);
    expect(stderr)
      .to.contain(`no local cloud answers at 127.0.0.1:${port}`)
      .and.to.contain("paste the exports that it prints");
  });

  it("says what to do in a terminal without a region, and in one without credentials", async () => {
    const file = join(projectRoot, "package.json");
    const upload = ["upload-input.ts", "--bucket", "b", "--key", "input/a.csv", file] as const;
    const nowhere = join(projectRoot, "no-such-file");
    const bare = {
      AWS_REGION: undefined,
      AWS_DEFAULT_REGION: undefined,
      AWS_PROFILE: undefined,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_CONFIG_FILE: nowhere,
      AWS_SHARED_CREDENTIALS_FILE: nowhere,
      AWS_EC2_METADATA_DISABLED: "true",
    };

    const regionless = await runIn(bare, ...upload);
    const keyless = await runIn({ ...bare, AWS_REGION: "us-east-2" }, ...upload);

    expect(regionless.stderr)
      .to.match(/^Region is missing: /)
      .and.to.contain("paste the exports that npm run local prints; for AWS, set AWS_REGION");
    expect(keyless.stderr)
      .to.match(/^Could not load credentials/)
      .and.to.contain("paste the exports that npm run local prints");
  });

  it("refuses an upload that would start no run, before anything is sent", async () => {
    const file = join(projectRoot, "package.json");

    const { code, stderr } = await run("upload-input.ts", "--bucket", "b", file);

    expect(code).to.equal(1);
    expect(stderr).to.contain(
      "--key input/package.json: only input/….csv, input/….libsvm, input/….svm starts a run",
    );
  });

  it("says why an upload was refused whose run is followed", async () => {
    const place = { accountId: "000000000000", region: "us-east-2" };
    const record = `/${bucketName("local-churn", place)}/refused/empty-1.json`;
    const server = createServer(({ method, url = "" }, response) => {
      const isRecord = method === "GET" && url.startsWith(record);
      response.writeHead(isRecord ? 200 : 400, { "content-type": "application/x-amz-json-1.0" });
      const refusal = { key: "input/empty.csv", reason: "the object is empty" };
      response.end(JSON.stringify(isRecord ? refusal : { __type: "ExecutionDoesNotExist" }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const env = {
      AWS_ACCESS_KEY_ID: "AKIA",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_REGION: place.region,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    };
    const machine = `arn:aws:states:us-east-2:${place.accountId}:stateMachine:local-churn-retraining`;

    const ended = await runIn(env, "follow-run.ts", "--state-machine", machine, "empty-1");

    server.close();
    expect(ended).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: "no run empty-1: input/empty.csv was refused: the object is empty\n",
    });
  });
});
