import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { type Identity, ministackIdentity } from "../../../local/ministack/identity.ts";

describe("the client of IAM", () => {
  let server: Server;
  let identity: Identity;
  let answer: { status: number; body: object };
  let asked: { url: string | undefined; secret: unknown; body: object };

  before(async () => {
    server = createServer(async (request, response) => {
      const { url, headers } = request;
      asked = { url, secret: headers["x-local-secret"], body: JSON.parse(await text(request)) };
      response.writeHead(answer.status).end(JSON.stringify(answer.body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    identity = ministackIdentity({ url: `http://127.0.0.1:${port}`, secret: "hush" });
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const check = { action: "sagemaker:CreateModel", resource: "arn:aws:sagemaker:r:0:model/m" };

  it("asks with the secret, and gives the caller's ARN", async () => {
    answer = { status: 200, body: { allowed: true, principal: "arn:aws:iam::0:root" } };

    const principal = await identity.authorize({ accessKeyId: "local" }, [check]);

    expect(principal).equal("arn:aws:iam::0:root");
    expect(asked).deep.equal({
      url: "/_local/authorize",
      secret: "hush",
      body: { accessKeyId: "local", checks: [{ ...check, service: "sagemaker" }] },
    });
  });

  it("throws a denial as AWS words it", async () => {
    const denial = { code: "AccessDeniedException", message: "User: x is not authorized" };
    answer = { status: 200, body: { allowed: false, ...denial } };

    const error = await identity.authorize({ accessKeyId: "a" }, [check]).catch((e: Error) => e);

    expect(error).include({ ...denial, status: 400 });
  });

  it("gives the keys of a role's session", async () => {
    const keys = { accessKeyId: "ASIA1", secretAccessKey: "s", sessionToken: "t" };
    answer = { status: 200, body: keys };
    const role = { roleArn: "arn:role", servicePrincipal: "glue.amazonaws.com", sessionName: "s" };

    expect(await identity.assume(role)).deep.equal(keys);
    expect(asked.body).deep.equal(role);
  });

  it("throws where the role does not let the service in", async () => {
    answer = { status: 403, body: { code: "AccessDenied", message: "not authorized" } };
    const role = { roleArn: "arn:role", servicePrincipal: "glue.amazonaws.com", sessionName: "s" };

    const error = await identity.assume(role).catch((e: Error) => e);

    expect(error).include({ code: "AccessDenied", message: "not authorized" });
  });

  it("takes no broken answer for a permission", async () => {
    answer = { status: 500, body: { allowed: true } };

    const error = await identity.authorize({ accessKeyId: "a" }, [check]).catch((e: Error) => e);

    expect(error).instanceOf(Error);
    expect((error as Error).message).include("IAM answered 500");
  });
});
