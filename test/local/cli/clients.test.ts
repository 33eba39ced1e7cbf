import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createClients } from "../../../local/cli/clients.ts";
import { removeFolder } from "../../../local/processes/remove-folder.ts";

describe("clients of the local commands", () => {
  const credentials = { accessKeyId: "localkey", secretAccessKey: "localsecret" };
  const url = "http://127.0.0.1:4566";
  const environment = {
    AWS_ENDPOINT_URL_SAGEMAKER: "http://127.0.0.1:4567",
    AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: "http://127.0.0.1:4567",
  };
  const before = { ...process.env };
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "retraining-clients-"));
    const file = join(folder, "credentials");
    await writeFile(file, "[mine]\naws_access_key_id = mine\naws_secret_access_key = mine\n");
    Object.assign(process.env, {
      AWS_SHARED_CREDENTIALS_FILE: file,
      AWS_PROFILE: "mine",
      AWS_ACCESS_KEY_ID: "mine",
      AWS_SECRET_ACCESS_KEY: "mine",
      AWS_SESSION_TOKEN: "mine",
      AWS_REGION: "eu-west-1",
      AWS_ENDPOINT_URL: "http://elsewhere.invalid",
      AWS_ENDPOINT_URL_S3: "http://elsewhere.invalid",
    });
  });

  afterEach(async () => {
    process.env = { ...before };
    await removeFolder(folder);
  });

  it("use the cloud's keys, region and endpoints, whatever the user's environment says", async () => {
    const clients = createClients({ url, region: "us-east-2", credentials, environment });

    for (const { config } of Object.values(clients)) {
      expect(await config.credentials()).to.include(credentials);
      expect(await config.credentials()).to.not.have.property("sessionToken");
      expect(await config.region()).to.equal("us-east-2");
    }
    const ports = Object.values(clients).map(
      async ({ config }) => (await config.endpoint?.())?.port,
    );
    expect(await Promise.all(ports)).to.deep.equal([4566, 4566, 4566, 4567, 4567]);
  });
});
