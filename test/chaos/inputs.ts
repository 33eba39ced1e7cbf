import { churnCsv } from "../../local/sample-data/churn.ts";

const rows = 400;

/** An input whose model passes the gate. Another seed gives other customers. */
export function acceptedInput(seed = 1): string {
  return churnCsv({ rows, seed });
}

/** An input whose labels say nothing about its rows: no model of it passes the gate. */
export function rejectedInput(seed = 1): string {
  const [header, ...lines] = churnCsv({ rows, seed }).trim().split("\n");
  const noise = lines.map((line, i) =>
    line.replace(/[^,]*$/, (i * 7919) % 13 < 6 ? "True." : "False."),
  );
  return [header, ...noise, ""].join("\n");
}

/** An input that ETL refuses: "many" for a number, in line 8. */
export function brokenInput(seed = 1): string {
  const lines = churnCsv({ rows, seed }).split("\n");
  lines[7] = (lines[7] ?? "").replace(/^([^,]*),[^,]*/, "$1,many");
  return lines.join("\n");
}

/** A row as the endpoint takes it: what ETL makes of a customer, without the label. */
export const featureRow = Array<string>(69).fill("1").join(",");
