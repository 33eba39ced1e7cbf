import { Agent, request } from "node:http";
import type { LookupFunction } from "node:net";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListModelsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { featureRow } from "../inputs.ts";

const elsewhere = "http://pages.example";

/** What pages of a web browser could do to a server on this machine, were it not for checks of their requests. */
export const webPages: Experiment[] = [
  {
    name: "host-header",
    promise: "reached-from-here-only",
    expected:
      "AWS endpoint: this machine's names 200, 200; others 403, 403. SageMaker and Glue: this machine's names 200, 200; others 403, 403",
    quick: true,
    async run(bench) {
      const [endpoint, backend] = urlsOf(bench);
      const { region, credentials } = bench.cloud;
      const listBuckets = (host: string) =>
        new S3Client({
          ...underName(endpoint, host),
          region,
          credentials,
          forcePathStyle: true,
        }).send(new ListBucketsCommand({}));
      const listModels = (host: string) =>
        new SageMakerClient({ ...underName(backend, host), region, credentials }).send(
          new ListModelsCommand({}),
        );
      return `AWS endpoint: ${await hostsOf(listBuckets)}. SageMaker and Glue: ${await hostsOf(listModels)}`;
    },
  },
  {
    name: "web-page-elsewhere",
    promise: "reached-from-here-only",
    expected:
      // 400: a page names no operation, as it takes a header that a page may not send unasked
      "AWS endpoint: POST 403, invocation 403, OPTIONS 403. SageMaker and Glue: POST 400, invocation 403, OPTIONS 400",
    quick: true,
    async run(bench) {
      await bench.serving(); // something to be scored by
      const [endpoint, backend] = urlsOf(bench);
      return `AWS endpoint: ${await fromPage(endpoint)}. SageMaker and Glue: ${await fromPage(backend)}`;
    },
  },
];

function urlsOf({ cloud }: ExperimentCloud): [string, string] {
  return [cloud.url, cloud.environment["AWS_ENDPOINT_URL_SAGEMAKER"] ?? ""];
}

/** What requests get that are signed and mean this address under several names, as after DNS rebinding. */
async function hostsOf(request: (host: string) => Promise<unknown>): Promise<string> {
  const own = await Promise.all(["127.0.0.1", "localhost"].map((host) => statusOf(request(host))));
  const others = await Promise.all(
    ["pages.example", "127.0.0.1.pages.example"].map((host) => statusOf(request(host))),
  );
  return `this machine's names ${own.join(", ")}; others ${others.join(", ")}`;
}

function statusOf(answer: Promise<unknown>): Promise<number | undefined> {
  return answer.then(
    () => 200,
    (error: { $metadata?: { httpStatusCode?: number } }) => {
      if (error.$metadata?.httpStatusCode === undefined) throw error;
      return error.$metadata.httpStatusCode;
    },
  );
}

/** Options of a client that asks `url` by another name, which a resolver says is this machine. */
function underName(url: string, host: string) {
  const lookup: LookupFunction = (_name, _options, done) =>
    done(null, [{ address: "127.0.0.1", family: 4 }]);
  const httpAgent = new Agent({ lookup });
  return { endpoint: `http://${host}:${new URL(url).port}`, requestHandler: { httpAgent } };
}

/** What a page can send without asking first, to be scored even, and the question that comes before all else. */
async function fromPage(url: string): Promise<string> {
  const body = { origin: elsewhere, "content-type": "text/csv" };
  const question = { origin: elsewhere, "access-control-request-method": "POST" };
  const answers = await Promise.all([
    ask("POST", url, body),
    ask("POST", `${url}/endpoints/churn/invocations`, body, featureRow),
    ask("OPTIONS", url, { ...question, "access-control-request-headers": "authorization" }),
  ]);
  return ["POST", "invocation", "OPTIONS"].map((what, i) => `${what} ${answers[i]}`).join(", ");
}

/** Status of the answer, and whether the page would see it. */
function ask(
  method: string,
  url: string,
  headers: Record<string, string>,
  body = "",
): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      response.resume();
      const allowed = response.headers["access-control-allow-origin"] !== undefined;
      resolve(`${response.statusCode}${allowed ? " and shown to the page" : ""}`);
    });
    sent.once("error", reject).end(body);
  });
}
