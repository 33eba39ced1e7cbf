/** Columns of a CSV record that reach the model: from `start` up to `end`, which is not among them. */
interface Columns {
  start: number;
  /** Infinity: to the last one. */
  end: number;
  /** Whether a record without them is an error: so it is with an index, a slice takes what there is. */
  required: boolean;
}

/** Takes the chosen columns of one CSV record, in the chosen order. */
export type InputFilter = (record: string) => string;

/** A record has not the columns that the filter names. */
export class ColumnMissing extends Error {}

/**
 * The filter of a JSONPath on CSV: indexes and slices from 0 as in `$[1:]` and `$[0,3:5]`.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
 *
 * @returns undefined for any other path, `$` among them: it takes all
 */
export function csvFilter(path: string): InputFilter | undefined {
  const list = /^\$\[([\d:, ]+)\]$/.exec(path)?.[1];
  if (list === undefined) return undefined;
  const chosen = list.split(",").map((part) => columnsOf(part.trim()));
  if (chosen.includes(undefined)) return undefined;
  return (record) => {
    const fields = fieldsOf(record);
    return (chosen as Columns[]).flatMap((columns) => take(fields, columns)).join(",");
  };
}

function columnsOf(part: string): Columns | undefined {
  const slice = /^(\d*):(\d*)$/.exec(part);
  if (slice) {
    const [, start = "", end = ""] = slice;
    const to = end === "" ? Number.POSITIVE_INFINITY : Number(end);
    return { start: Number(start), end: to, required: false };
  }
  if (!/^\d+$/.test(part)) return undefined;
  return { start: Number(part), end: Number(part) + 1, required: true };
}

function take(fields: readonly string[], { start, end, required }: Columns): string[] {
  if (required && fields.length <= start) {
    throw new ColumnMissing(`Column ${start} is not in a record of ${fields.length} columns`);
  }
  return fields.slice(start, end);
}

/** Fields with their quotes; a comma within quotes parts nothing. */
function fieldsOf(record: string): string[] {
  if (!record.includes('"')) return record.split(",");
  return record.match(/(?:"(?:[^"]|"")*"|[^,"])+|(?<=^|,)(?=,|$)/g) ?? [];
}
