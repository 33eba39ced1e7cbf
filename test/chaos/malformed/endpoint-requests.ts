import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { featureRow } from "../inputs.ts";
import { tally } from "./case.ts";
import { dense, frames } from "./records.ts";

const columns = featureRow.split(",").length;
const cells = (count: number) => Array<string>(count).fill("1").join(",");

type Request = [name: string, type: string, body: string | Uint8Array, expected: string];

/** What XGBoost's container and SageMaker answer to requests that nobody held against the schema before. */
const requests: readonly Request[] = [
  ["as it should be", "text/csv", featureRow, ""],
  ["too few columns", "text/csv", cells(columns - 1), ""],
  ["too many columns", "text/csv", cells(columns + 1), ""],
  ["one column", "text/csv", "1", ""],
  ["rows of two lengths", "text/csv", `${featureRow}\n1,2`, ""],
  ["a text", "text/csv", featureRow.replace(/^1/, "one"), ""],
  ["a header", "text/csv", `${featureRow.replaceAll("1", "a")}\n${featureRow}`, ""],
  ["semicolons", "text/csv", featureRow.replaceAll(",", ";"), ""],
  ["not UTF-8", "text/csv", Buffer.from([0xff, 0xfe, 0x31]), ""],
  ["empty", "text/csv", "", ""],
  ["JSON", "application/json", '{"instances": [[1]]}', ""],
  ["a picture", "image/png", "x", ""],
  ["no such type", "nonsense", "1", ""],
  ["a label size", "text/csv; label_size=0", featureRow, ""],
  ["no libsvm", "text/libsvm", "a b", ""],
  ["an index too large in libsvm", "text/libsvm", `${columns + 5}:1`, ""],
  [
    "records that are cut off",
    "application/x-recordio-protobuf",
    frames(dense(1, 2)).subarray(0, 9),
    "",
  ],
  ["records with too few", "application/x-recordio-protobuf", frames(dense(1, 2)), ""],
  ["over 6 MB", "text/csv", "1".repeat(6_291_457), ""],
];

export async function refusedRequests(bench: ExperimentCloud): Promise<string> {
  await bench.serving();
  const told = await tally(
    requests.map(([name, type, body, expected]) => ({
      name,
      expected,
      seen: () => answerTo(bench, type, body),
    })),
  );
  const still = Number(await bench.invoke()) >= 0 ? "still scores" : "does not score any more";
  return `${told}; the endpoint ${still}`;
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
    return `200 with ${answer.Body.length === 0 ? "nothing" : "scores"}`;
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
    return `${metadata.httpStatusCode} ${name}${own === undefined ? "" : ` ${own}`}: ${text.slice(0, 60)}`;
  }
}
