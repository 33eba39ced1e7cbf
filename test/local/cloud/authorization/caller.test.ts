import { expect } from "chai";
import { callerOf } from "../../../../local/cloud/authorization/caller.ts";

const scope = "20260101/us-east-2/sagemaker/aws4_request";

describe("the caller of a request", () => {
  it("is whose access key signed it", () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=ASIA1/${scope}, SignedHeaders=host, Signature=0`;

    expect(callerOf({ authorization })).deep.equal({ accessKeyId: "ASIA1" });
  });

  it("has the token of its session", () => {
    const authorization = `AWS4-HMAC-SHA256 SignedHeaders=host,Credential=ASIA1/${scope},Signature=0`;

    const caller = callerOf({ authorization, "x-amz-security-token": "token" });

    expect(caller).deep.equal({ accessKeyId: "ASIA1", sessionToken: "token" });
  });

  for (const [what, authorization, code] of [
    ["nobody signed", undefined, "MissingAuthenticationTokenException"],
    ["is signed in another way", "Bearer abc", "IncompleteSignatureException"],
    ["names no key", "AWS4-HMAC-SHA256 Signature=0", "IncompleteSignatureException"],
  ] as const) {
    it(`is refused where a request ${what}`, () => {
      const headers = authorization === undefined ? {} : { authorization };

      expect(() => callerOf(headers))
        .to.throw()
        .that.includes({ code, status: 403 });
    });
  }
});
