import { expect } from "chai";
import { engineEnvironment } from "../../../local/engine/engine-environment.ts";

describe("the engine's environment", () => {
  const before = { ...process.env };
  const cli = { folders: ["/opt/pulumi/bin"] } as unknown as Parameters<
    typeof engineEnvironment
  >[0];
  const state = { home: "/state/home", backend: "/state/backend" } as unknown as Parameters<
    typeof engineEnvironment
  >[1];

  afterEach(() => {
    process.env = { ...before };
  });

  it("has the cloud's keys, and nothing of AWS or Pulumi that the user had set", () => {
    const mine = {
      AWS_PROFILE: "mine",
      AWS_SESSION_TOKEN: "mine",
      AWS_ENDPOINT_URL_S3: "mine",
      PULUMI_ACCESS_TOKEN: "mine",
    };
    Object.assign(process.env, mine, { AWS_ACCESS_KEY_ID: "mine" });
    const environment = { AWS_ACCESS_KEY_ID: "the cloud's" };

    const given = engineEnvironment(cli, state, { environment, providerPort: 1 });

    expect(given).to.include(environment);
    expect(given).to.not.have.any.keys(...Object.keys(mine));
  });
});
