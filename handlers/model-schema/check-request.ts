import { checkCsv, checkTextCsv, linesOf } from "./check-csv.ts";
import { checkFeatures } from "./check-features.ts";
import { checkLibsvm } from "./check-libsvm.ts";
import { checkRecords } from "./check-records.ts";
import { checkSequences } from "./check-sequences.ts";
import type { ModelSchema, RowSchema } from "./model-schema.ts";
import { RequestRefused } from "./request-refused.ts";

/** InvokeEndpoint takes so much: BodyBlob of SageMaker Runtime's service model. */
export const maxBodyBytes = 6_291_456;

/**
 * Holds a request against what the model was trained on, before it is sent: containers answer rows with missing columns as if
 * nothing were wrong.
 *
 * @param schema undefined where nothing is known of the model
 * @returns why the rows could not be checked, as a sentence without a full stop; undefined where they were, all of them
 * @throws RequestRefused at the first thing that is wrong
 */
export function checkRequest(
  schema: ModelSchema | undefined,
  contentType: string,
  body: Uint8Array,
): string | undefined {
  checkSize(body);
  const mediaType = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (/^(image\/|application\/x-image)/.test(mediaType)) return `${mediaType} has no rows`;
  const rows = schema?.rows ?? {
    kind: "unknown",
    why: "no schema was stored with the model: it was made before runs wrote one, or by hand",
  };
  if (mediaType === "application/x-recordio-protobuf") return checkRecords(body, rows);
  const text = textOf(body);
  if (text.trim() === "") throw empty();
  switch (mediaType) {
    case "text/csv":
    case "csv":
      return checkCsvRows(text, rows);
    case "text/libsvm":
    case "text/x-libsvm":
    case "libsvm":
      if (rows.kind === "features") checkLibsvm(text, rows);
      return whyNot(rows, "features");
    case "application/json":
      return checkInstances(instancesOf(parse(text)), rows);
    case "application/jsonlines":
      return checkInstances(
        linesOf(text).map((line, i) => parse(line, i + 1)),
        rows,
      );
    default:
      return `nothing is known of the rows of ${mediaType}`;
  }
}

function checkSize(body: Uint8Array) {
  if (body.length === 0) throw empty();
  if (body.length <= maxBodyBytes) return;
  throw new RequestRefused({
    problem: `${body.length} bytes, and InvokeEndpoint takes ${maxBodyBytes} (6 MB)`,
    remedy: "Send fewer rows at a time",
  });
}

function empty() {
  return new RequestRefused({ problem: "the request is empty", remedy: "Give it a row or more" });
}

function textOf(body: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    if (!text.startsWith("\uFEFF")) return text;
  } catch {
    throw new RequestRefused({
      problem: "not UTF-8",
      remedy: "Save the file as UTF-8, without a byte order mark",
    });
  }
  throw new RequestRefused({
    row: 1,
    problem: "a byte order mark before the first value",
    remedy: "Save the file as UTF-8 without one",
  });
}

function checkCsvRows(text: string, rows: RowSchema): string | undefined {
  if (rows.kind === "features") checkCsv(text, rows);
  else if (rows.kind === "texts") checkTextCsv(text, rows);
  return whyNot(rows, "features", "texts");
}

function checkInstances(instances: unknown[] | undefined, rows: RowSchema): string | undefined {
  if (instances === undefined) {
    if (rows.kind === "unknown") return rows.why;
    throw new RequestRefused({
      problem: 'no list "instances"',
      remedy: 'Write {"instances": [{…}, {…}]}',
    });
  }
  if (instances.length === 0) throw empty();
  instances.forEach((instance, i) => {
    if (rows.kind === "features") checkFeatures(instance, i + 1, rows);
    else if (rows.kind === "sequences") checkSequences(instance, i + 1, rows);
  });
  return whyNot(rows, "features", "sequences");
}

function instancesOf(request: unknown): unknown[] | undefined {
  const { instances } = (request ?? {}) as { instances?: unknown };
  return Array.isArray(instances) ? instances : undefined;
}

function parse(json: string, row?: number): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new RequestRefused({
      ...(row !== undefined && { row, value: json }),
      problem: `not JSON: ${(error as Error).message}`,
      remedy: row === undefined ? "Mend it; JSON has no NaN" : "Write one JSON object a line",
    });
  }
}

function whyNot(rows: RowSchema, ...checked: RowSchema["kind"][]): string | undefined {
  if (checked.includes(rows.kind)) return undefined;
  return rows.kind === "unknown" ? rows.why : `rows of ${rows.kind} are not checked in this format`;
}
