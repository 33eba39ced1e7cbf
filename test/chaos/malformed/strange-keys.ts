import { GetObjectCommand } from "@aws-sdk/client-s3";
import { bucketLayout } from "../../../components/bucket-layout.ts";
import type { ExperimentCloud, Upload } from "../experiment-cloud.ts";
import { acceptedInput } from "../inputs.ts";
import { until } from "../until.ts";

/** Of a run that goes to its end: 1,024 bytes, all that a key may have. */
const longest = `input/${"größe 100%+".repeat(78)}.csv`;

/** Of runs whose ETL refuses the file. */
const broken = [
  "input/a b+c%2Bd&e=f?g#h.csv",
  "input/客户 🔥.CSV",
  "input/.csv",
  "input//.hidden//a.csv",
  "input/\"quotes\" and 'quotes'\\.csv",
  "input/tab\tand\u0001control.csv",
];

const refused = ["input/folder.csv/", "input/no-extension", "input/a.csv.gz", "input/a.csv "];

/** Uploads under keys that mean something elsewhere: what became of them, from S3 by the event to the run's report or to the record of the refusal. */
export async function strangeKeys(bench: ExperimentCloud): Promise<string> {
  if (Buffer.byteLength(longest) !== 1024) throw new Error(`${Buffer.byteLength(longest)} bytes`);
  const good = await bench.upload(acceptedInput(31), longest);
  const failing = await Promise.all(broken.map((key) => bench.upload("a,b\n1,2\n", key)));
  const kept = await Promise.all(refused.map((key) => bench.upload("x", key)));
  const ends: string[] = [];
  for (const upload of [good, ...failing]) {
    const { ended, report, execution } = await bench.finished(upload, 180);
    const named = report?.input.key === upload.key ? "" : ` under ${report?.input.key}`;
    const why = /the header \(row 1\) lacks/.test(execution.cause ?? "") ? " over its header" : "";
    ends.push(`${ended}${why}${named}`);
  }
  for (const upload of kept) {
    const record = await until(`the refusal of ${upload.key}`, () => refusalOf(bench, upload));
    ends.push(record.key === upload.key ? "refused with a record" : `record of ${record.key}`);
  }
  const counts = new Map<string, number>();
  for (const end of ends) counts.set(end, (counts.get(end) ?? 0) + 1);
  return [...counts].map(([end, count]) => `${count} ${end}`).join(", ");
}

async function refusalOf({ clients, churn }: ExperimentCloud, { title }: Upload) {
  const Key = bucketLayout.refusal(title);
  const answer = await clients.s3
    .send(new GetObjectCommand({ Bucket: churn.bucket, Key }))
    .catch((error: Error) => {
      if (error.name === "NoSuchKey") return undefined;
      throw error;
    });
  const text = await answer?.Body?.transformToString();
  return text === undefined ? undefined : (JSON.parse(text) as { key: string });
}
