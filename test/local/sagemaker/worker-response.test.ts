import { expect } from "chai";
import { HEAD_END, parseResponse } from "../../../local/sagemaker/runtime/worker-response.ts";

function parse(text: string, isWhole = false) {
  const received = Buffer.from(text);
  return parseResponse(received, received.indexOf(HEAD_END), isWhole);
}

const bodyOf = (text: string, isWhole = false) => parse(text, isWhole)?.body.toString();

describe("the response of a worker", () => {
  it("ends where its length says", () => {
    const response = parse(
      "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 2\r\n\r\n42",
    );

    expect(response?.status).to.equal(200);
    expect(response?.headers.get("content-type")).to.equal("text/csv");
    expect(response?.body.toString()).to.equal("42");
    expect(parse("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n42")).to.equal(undefined);
  });

  it("ends with its last chunk", () => {
    const head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    expect(bodyOf(`${head}3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n`)).to.equal("abc0123456789");
    for (const part of ["", "3", "3\r\nab", "3\r\nabc\r\n", "3\r\nabc\r\n0\r\n"]) {
      expect(parse(head + part), part).to.equal(undefined);
    }
  });

  it("ends with the connection where nothing else says", () => {
    const text = "HTTP/1.0 200 OK\r\n\r\n42";

    expect(bodyOf(text)).to.equal(undefined);
    expect(bodyOf(text, true)).to.equal("42");
    expect(parse("HTTP/1.1 204 No Content\r\n\r\n")?.status).to.equal(204);
  });

  for (const text of [
    "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "hello\r\n\r\n",
  ]) {
    it(`is refused as ${JSON.stringify(text)}`, () => {
      expect(() => parse(text)).to.throw("the worker");
    });
  }
});
