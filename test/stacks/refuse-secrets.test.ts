import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import program from "../../index.ts";
import { ConfigError } from "../../stacks/config-error.ts";
import { refuseSecrets } from "../../stacks/refuse-secrets.ts";

describe("settings that are marked as secrets", () => {
  it("are refused where they are the program's", () => {
    expect(() => refuseSecrets("dev", ["retraining:pipelines"])).to.throw(
      ConfigError,
      /retraining:pipelines\n {4}got {3}"a secret"/,
    );
  });

  it("are a provider's own affair", () => {
    expect(() => refuseSecrets("dev", ["aws:token"])).to.not.throw();
    expect(() => refuseSecrets("dev", [])).to.not.throw();
  });

  it("are not shown with what stands in them, also when it is wrong", async () => {
    const config = JSON.stringify({ churn: { password: "canary" } });
    pulumi.runtime.setAllConfig({ "retraining:pipelines": config }, ["retraining:pipelines"]);
    try {
      const failure = await program().catch((error: Error) => error);

      expect(failure).to.be.instanceOf(pulumi.RunError);
      expect(String(failure)).to.contain("no secret").and.not.contain("canary");
    } finally {
      pulumi.runtime.setAllConfig({}, []);
    }
  });
});
