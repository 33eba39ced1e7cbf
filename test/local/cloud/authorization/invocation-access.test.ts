import { expect } from "chai";
import { InvocationAccess } from "../../../../local/cloud/authorization/invocation-access.ts";
import { FakeIdentity } from "../../../support/fake-identity.ts";

const endpoint = "arn:aws:sagemaker:us-east-2:000000000000:endpoint/churn";
const caller = { accessKeyId: "AKIA1" };

describe("access to endpoints", () => {
  it("asks once for requests that come together, and again when the answer is old", async () => {
    const identity = new FakeIdentity();
    let now = 0;
    const access = new InvocationAccess(identity, () => now);

    await Promise.all([access.check(caller, endpoint), access.check(caller, endpoint)]);
    expect(access.check(caller, endpoint)).equal(undefined);
    expect(identity.asked).deep.equal([
      { caller, checks: [{ action: "sagemaker:InvokeEndpoint", resource: endpoint }] },
    ]);

    now = 2000;
    await access.check(caller, endpoint);
    expect(identity.asked).length(2);
  });

  it("asks for each caller and each endpoint", async () => {
    const identity = new FakeIdentity();
    const access = new InvocationAccess(identity);

    await access.check(caller, endpoint);
    await access.check({ ...caller, sessionToken: "token" }, endpoint);
    await access.check(caller, `${endpoint}-2`);

    expect(identity.asked).length(3);
  });

  it("does not remember a denial", async () => {
    const identity = new FakeIdentity();
    const access = new InvocationAccess(identity);
    identity.denied.add("sagemaker:InvokeEndpoint");

    const denied = await access.check(caller, endpoint)?.catch((error: Error) => error);
    identity.denied.clear();
    await access.check(caller, endpoint);

    expect(denied).include({ code: "AccessDeniedException" });
    expect(access.check(caller, endpoint)).equal(undefined);
  });
});
