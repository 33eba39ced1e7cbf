import type { S3Client } from "@aws-sdk/client-s3";
import type { SFNClient } from "@aws-sdk/client-sfn";
import { startRetraining } from "../../../handlers/start-retraining/logic.ts";
import { fakeClient } from "../../support/fake-client.ts";
import type { MalformedCase } from "./case.ts";

const bucket = "retraining-dev-churn-1234";

/**
 * What the trigger does with an upload under `key`: the readable part of the run's title and the source of the copy as S3 is
 * asked for it, or why it refuses.
 */
export async function startedWith(key: string): Promise<string> {
  const { client, sent } = fakeClient<S3Client & SFNClient>({
    CopyObject: () => ({}),
    PutObject: () => ({}),
    StartExecution: () => ({}),
  });
  const options = {
    bucket,
    stateMachineArn: "arn:machine",
    extensions: [".csv"],
    maxTitleLength: 32,
  };
  const event = {
    time: "2026-05-01T10:00:00Z",
    detail: { bucket: { name: bucket }, object: { key, size: 100, "version-id": "v1" } },
  };
  const result = await startRetraining({ s3: client, stepFunctions: client }, options, event).catch(
    (error: Error) => error,
  );
  if (result instanceof Error) {
    if (result.name === "MalformedEvent") return result.message.replace(/ in event .*/s, "");
    throw result;
  }
  if (result.outcome === "refused") {
    const record = JSON.parse(String(sent[0]?.input["Body"]));
    if (record.key !== key) throw new Error(`the record names ${record.key}`);
    return `refused: ${result.reason}`;
  }
  const [copy, start] = sent;
  const input = JSON.parse(String(start?.input["input"]));
  const source = String(copy?.input["CopySource"]);
  const target = String(copy?.input["Key"]);
  const back = decodeURIComponent(source.slice(`${bucket}/`.length, -"?versionId=v1".length));
  if (input.key !== key || back !== key) throw new Error(`another key: ${input.key}, ${back}`);
  if (target !== `runs/${result.title}/input.csv`) throw new Error(`the copy is ${target}`);
  if (!/^[a-z0-9-]{10,32}$/.test(result.title)) throw new Error(`the title is ${result.title}`);
  if (!/^[\x21-\x7e]+$/.test(source)) throw new Error(`no header can hold ${source}`);
  return `${result.outcome} ${result.title.replace(/-?[0-9a-f]{10}$/, "") || "without a name"}`;
}

const notCsv = "refused: the key does not end in .csv";
const folder = "refused: the key ends in /: consoles make such objects to show a folder";
const outside = "a key that is not below input/";
const bytes1024 = `input/${"é".repeat(507)}.csv`;

/** Keys of S3: up to 1,024 bytes of UTF-8, whatever they mean elsewhere. */
const outcomes: Readonly<Record<string, string>> = {
  "input/a.csv": "started a",
  "input/a b.csv": "started a-b",
  "input/ .csv": "started without a name",
  "input/a+b.csv": "started a-b",
  "input/a%2Bb.csv": "started a-2bb",
  "input/100%.csv": "started 100",
  "input/%.csv": "started without a name",
  "input/%zz%00.csv": "started zz-00",
  "input/a?versionId=null.csv": "started a-versionid-null",
  "input/a#b&c=d.csv": "started a-b-c-d",
  "input/größe.csv": "started gro-e",
  "input/résumé.csv": "started resume",
  "input/re\u0301sume\u0301.csv": "started resume",
  "input/客户数据.csv": "started without a name",
  "input/данные-2026.csv": "started 2026",
  "input/🔥.csv": "started without a name",
  "input/👩‍👩‍👧.csv": "started without a name",
  "input/\u202evsc.csv": "started vsc",
  "input/\ufeffa.csv": "started a",
  "input/ａ１.csv": "started a1",
  "input/İ.csv": "started i",
  [bytes1024]: `started ${"e".repeat(21)}`,
  [`input/${"a/".repeat(507)}.csv`]: `started ${"a-".repeat(10)}a`,
  "input/.csv": "started without a name",
  "input/..csv": "started without a name",
  "input/.hidden.csv": "started hidden",
  "input/./a.csv": "started a",
  "input/../a.csv": "started a",
  "input/../../runs/x/report.json.csv": "started runs-x-report-json",
  "input//a.csv": "started a",
  "input///.csv": "started without a name",
  "input/a.csv.csv": "started a-csv",
  "input/A.CSV": "started a",
  "input/a.CsV": "started a",
  "input/a\tb.csv": "started a-b",
  "input/a\nb.csv": "started a-b",
  "input/a\r\nx-amz-acl: public-read.csv": "started x-amz-acl-public-read",
  "input/a\u0000b.csv": "started a-b",
  "input/\u007f\u0080.csv": "started without a name",
  "input/a\u2028b.csv": "started a-b",
  "input/a\\b.csv": "started a-b",
  'input/"a".csv': "started a",
  "input/'; DROP TABLE runs; --.csv": "started drop-table-runs",
  "input/$(reboot).csv": "started reboot",
  "input/${jndi:ldap://x}.csv": "started jndi-ldap-x",
  "input/{% $states.input %}.csv": "started states-input",
  "input/*.csv": "started without a name",
  "input/[a]|<b>^~`.csv": "started a-b",
  "input/__proto__.csv": "started proto",
  "input/constructor.csv": "started constructor",
  "input/a": notCsv,
  "input/csv": notCsv,
  "input/acsv": notCsv,
  "input/a.csv ": notCsv,
  "input/a.csv\n": notCsv,
  "input/a.csv.": notCsv,
  "input/a.csv.gz": notCsv,
  "input/a.csv.tmp": notCsv,
  "input/a.csv%20": notCsv,
  "input/a.cѕv": notCsv,
  "input/a.ｃｓｖ": notCsv,
  "input/a．csv": notCsv,
  "input/a.tsv": notCsv,
  "input/a.xlsx": notCsv,
  "input/a.csv?x": notCsv,
  "input/.DS_Store": notCsv,
  "input/": folder,
  "input/a/": folder,
  "input/a.csv/": folder,
  "input/a.csv//": folder,
  "": "no bucket, key and version",
  "input/\ud800.csv": "no bucket, key and version",
  "input/\udc00\ud800.csv": "no bucket, key and version",
  "a.csv": outside,
  "Input/a.csv": outside,
  "/input/a.csv": outside,
  "inputs/a.csv": outside,
  "runs/a/input.csv": outside,
  "output/a/train/part-0.csv": outside,
};

export const keys: readonly MalformedCase[] = Object.entries(outcomes).map(([key, expected]) => ({
  name: JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key),
  expected,
  seen: () => startedWith(key),
}));
