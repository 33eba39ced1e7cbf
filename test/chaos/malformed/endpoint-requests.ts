import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { checkRequest } from "../../../handlers/model-schema/check-request.ts";
import type { ModelSchema } from "../../../handlers/model-schema/model-schema.ts";
import { RequestRefused } from "../../../handlers/model-schema/request-refused.ts";
import { servingModel } from "../../../scripts/request-format.ts";
import { storedSchema } from "../../../scripts/stored-schema.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { featureRow } from "../inputs.ts";
import { tally } from "./case.ts";
import { dense, frames } from "./records.ts";

const columns = featureRow.split(",").length;
const cells = (count: number) => Array<string>(count).fill("1").join(",");

type Request = [name: string, type: string, body: string | Uint8Array, expected: string];

/**
 * What XGBoost's container and SageMaker answer to whoever asks them straight, and whether `npm run invoke` would have sent it.
 *
 * The container takes rows that lack one column, as it does on AWS: there the schema is what keeps them from being scored.
 */
const requests: readonly Request[] = [
  ["as it should be", "text/csv", featureRow, "sent; 200 with scores"],
  ["too few columns", "text/csv", cells(columns - 1), "not sent; 200 with scores"],
  [
    "too many columns",
    "text/csv",
    cells(columns + 1),
    "not sent; 424 ModelError 400: Unable to evaluate payload pro",
  ],
  ["one column", "text/csv", "1", "not sent; 200 with scores"],
  [
    "rows of two lengths",
    "text/csv",
    `${featureRow}\n1,2`,
    "not sent; 424 ModelError 415: Loading csv data failed with E",
  ],
  [
    "a text",
    "text/csv",
    featureRow.replace(/^1/, "one"),
    "not sent; 424 ModelError 415: Loading csv data failed with E",
  ],
  [
    "a header",
    "text/csv",
    `${featureRow.replaceAll("1", "a")}\n${featureRow}`,
    "not sent; 424 ModelError 415: Loading csv data failed with E",
  ],
  ["semicolons", "text/csv", featureRow.replaceAll(",", ";"), "not sent; 200 with scores"],
  [
    "not UTF-8",
    "text/csv",
    Buffer.from([0xff, 0xfe, 0x31]),
    "not sent; 424 ModelError 415: Loading csv data failed with E",
  ],
  ["empty", "text/csv", "", "not sent; 200 with nothing"],
  [
    "JSON",
    "application/json",
    '{"instances": [[1]]}',
    "not sent; 424 ModelError 415: application/json is not an acc",
  ],
  [
    "a picture",
    "image/png",
    "x",
    "sent unchecked; 424 ModelError 415: image/png is not an accepted C",
  ],
  [
    "no such type",
    "nonsense",
    "1",
    "sent unchecked; 424 ModelError 415: nonsense is not an accepted Co",
  ],
  [
    "a label size",
    "text/csv; label_size=0",
    featureRow,
    "sent; 424 ModelError 415: text/csv; label_size=0 is not ",
  ],
  [
    "no libsvm",
    "text/libsvm",
    "a b",
    "not sent; 424 ModelError 415: Loading libsvm data failed wit",
  ],
  [
    "an index too large in libsvm",
    "text/libsvm",
    `${columns + 5}:1`,
    "not sent; 424 ModelError 400: Unable to evaluate payload pro",
  ],
  [
    "records that are cut off",
    "application/x-recordio-protobuf",
    frames(dense(1, 2)).subarray(0, 9),
    "not sent; 424 ModelError 415: Loading recordio-protobuf data",
  ],
  [
    "records with too few",
    "application/x-recordio-protobuf",
    frames(dense(1, 2)),
    "not sent; 200 with scores",
  ],
  [
    "over 6 MB",
    "text/csv",
    "1".repeat(6_291_457),
    "not sent; 413 413: HTTP content length exceeded 6",
  ],
];

export async function refusedRequests(bench: ExperimentCloud): Promise<string> {
  await bench.serving();
  const { clients, churn } = bench;
  const { modelArn } = await servingModel(clients.sagemaker, churn.endpointName);
  const schema = await storedSchema(clients, modelArn);
  const told = await tally(
    requests.map(([name, type, body, expected]) => ({
      name,
      expected,
      seen: async () => `${sends(schema, type, body)}; ${await answerTo(bench, type, body)}`,
    })),
  );
  const still = Number(await bench.invoke()) >= 0 ? "still scores" : "does not score any more";
  return `${told}; the endpoint ${still}`;
}

function sends(schema: ModelSchema | undefined, type: string, body: string | Uint8Array): string {
  try {
    const unchecked = checkRequest(schema, type, Buffer.from(body));
    return unchecked === undefined ? "sent" : "sent unchecked";
  } catch (error) {
    if (error instanceof RequestRefused) return "not sent";
    throw error;
  }
}

/** `200`, or the status, the container's own within it, and the start of what it says. */
async function answerTo(
  { clients, churn }: ExperimentCloud,
  ContentType: string,
  body: string | Uint8Array,
): Promise<string> {
  const Body = Buffer.from(body);
  const request = { EndpointName: churn.endpointName, ContentType, Body };
  try {
    const answer = await clients.runtime.send(new InvokeEndpointCommand(request));
    return `200 with ${(answer.Body?.length ?? 0) === 0 ? "nothing" : "scores"}`;
  } catch (error) {
    const {
      $metadata: metadata,
      name,
      message,
    } = error as Error & {
      $metadata?: { httpStatusCode?: number };
    };
    if (metadata?.httpStatusCode === undefined) throw error;
    const { OriginalStatusCode: own, OriginalMessage: text = message } = error as {
      OriginalStatusCode?: number;
      OriginalMessage?: string;
    };
    return `${metadata.httpStatusCode} ${name}${own === undefined ? "" : ` ${own}`}: ${text.slice(0, 30)}`;
  }
}
