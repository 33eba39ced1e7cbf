import { expect } from "chai";
import { allowing, askRoute, createRole, setPolicy } from "./identity-support.ts";
import { accountId, root, startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("the routes about identities", () => {
  let cloud: TestCloud;
  let roleArn: string;
  const model = `arn:aws:sagemaker:us-east-2:${accountId}:model/a`;
  const passed = `arn:aws:iam::${accountId}:role/passed`;

  before(async () => {
    cloud = await startTestCloud();
    roleArn = await createRole(cloud, "jobs", "sagemaker.amazonaws.com", [
      allowing("sagemaker:CreateModel", model),
      allowing("iam:PassRole", passed, {
        StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" },
      }),
    ]);
  });
  after(() => cloud.stop());

  const assume = (more: object = {}) =>
    askRoute(cloud, "sessions", {
      roleArn,
      servicePrincipal: "sagemaker.amazonaws.com",
      sourceAccount: accountId,
      sessionName: "SageMaker",
      ...more,
    });
  async function authorize(...checks: object[]) {
    const { body: session } = await assume();
    return (await askRoute(cloud, "authorize", { ...session, checks })).body;
  }

  it("are closed to who does not know the secret", async () => {
    const { status } = await askRoute(cloud, "authorize", { accessKeyId: "root", checks: [] }, "");

    expect(status).to.equal(403);
  });

  it("give a service the session of a role that trusts it, the same again for the same name", async () => {
    const [first, second, other] = await Promise.all([
      assume(),
      assume(),
      assume({ sessionName: "b" }),
    ]);

    expect(first.status).to.equal(200);
    expect(first.body).to.have.all.keys("accessKeyId", "secretAccessKey", "sessionToken");
    expect(second).to.deep.equal(first);
    expect(other.body.accessKeyId).not.to.equal(first.body.accessKeyId);
  });

  const strangers: [string, object][] = [
    ["another service", { servicePrincipal: "glue.amazonaws.com" }],
    ["another account", { sourceAccount: "111111111111" }],
    ["nobody's account", { sourceAccount: undefined }],
    ["a role that is not there", { roleArn: `arn:aws:iam::${accountId}:role/none` }],
    ["what is no role", { roleArn: "jobs" }],
  ];
  for (const [who, request] of strangers) {
    it(`refuse a session for ${who}`, async () => {
      const { status, body } = await assume(request);

      expect(status).to.equal(403);
      expect(body.code).to.equal("AccessDenied");
    });
  }

  it("allow what the role's policies allow, and name who asked", async () => {
    const answer = await authorize(
      { action: "sagemaker:CreateModel", resource: model },
      {
        action: "iam:PassRole",
        resource: passed,
        context: { "iam:PassedToService": "sagemaker.amazonaws.com" },
      },
    );

    expect(answer).to.deep.equal({
      allowed: true,
      principal: `arn:aws:sts::${accountId}:assumed-role/jobs/SageMaker`,
    });
  });

  const user = `User: arn:aws:sts::${accountId}:assumed-role/jobs/SageMaker is not authorized to perform:`;

  it("deny another resource, with action, resource and role", async () => {
    const answer = await authorize({ action: "sagemaker:CreateModel", resource: `${model}b` });

    expect(answer).to.deep.equal({
      allowed: false,
      code: "AccessDeniedException",
      message: `${user} sagemaker:CreateModel on resource: ${model}b because no identity-based policy allows the sagemaker:CreateModel action`,
    });
  });

  it("deny where a condition does not hold", async () => {
    const answer = await authorize({
      action: "iam:PassRole",
      resource: passed,
      context: { "iam:PassedToService": "glue.amazonaws.com" },
    });

    expect(answer).to.include({ allowed: false });
  });

  it("deny what a policy denies, whatever allows it", async () => {
    await createRole(cloud, "denied", "sagemaker.amazonaws.com", [
      allowing("*", "*"),
      { Effect: "Deny", Action: "sagemaker:DeleteModel", Resource: "*" },
    ]);
    const { body: session } = await assume({ roleArn: `arn:aws:iam::${accountId}:role/denied` });
    const checks = [{ action: "sagemaker:DeleteModel", resource: model }];

    const { body } = await askRoute(cloud, "authorize", { ...session, checks });

    expect(body.message).to.match(/with an explicit deny in an identity-based policy$/);
  });

  it("see a policy that changed", async () => {
    await createRole(cloud, "changing", "sagemaker.amazonaws.com", [allowing("*", "*")]);
    const { body: session } = await assume({ roleArn: `arn:aws:iam::${accountId}:role/changing` });
    const request = { ...session, checks: [{ action: "sagemaker:CreateModel", resource: model }] };
    const before = await askRoute(cloud, "authorize", request);

    await setPolicy(cloud, "changing", []);

    expect(before.body.allowed).to.equal(true);
    expect((await askRoute(cloud, "authorize", request)).body.allowed).to.equal(false);
  });

  it("allow root everything", async () => {
    const { body } = await askRoute(cloud, "authorize", {
      accessKeyId: root.accessKeyId,
      checks: [{ action: "sagemaker:DeleteModel", resource: model }],
    });

    expect(body).to.deep.equal({ allowed: true, principal: `arn:aws:iam::${accountId}:root` });
  });

  for (const accessKeyId of ["", "test", accountId, "AKIAIOSFODNN7EXAMPLE"])
    it(`know no key "${accessKeyId}"`, async () => {
      const { body } = await askRoute(cloud, "authorize", { accessKeyId, checks: [] });

      expect(body).to.include({ allowed: false, code: "UnrecognizedClientException" });
    });

  it("want the token of a session", async () => {
    const { body: session } = await assume();

    const { body } = await askRoute(cloud, "authorize", {
      accessKeyId: session.accessKeyId,
      checks: [],
    });

    expect(body.allowed).to.equal(false);
  });
});
