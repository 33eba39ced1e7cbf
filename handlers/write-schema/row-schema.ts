import { isCsv } from "../../components/is-csv.ts";
import type { RowSchema } from "../model-schema/model-schema.ts";

/** What is known of the rows that a model was trained on. */
export interface TrainingContent {
  /** As the catalogue names it; null for an image that it does not know. */
  algorithm: string | null;
  contentType: string;
  hyperparameters: Readonly<Record<string, string>>;
  /** What the ETL script reported, `etl.json`; null where it wrote none. */
  etlReport: unknown;
  /** First line of the train channel; undefined where the pipeline does not make it, or it is no text. */
  firstLine: string | undefined;
}

/** Rows are lists of numbers in them. */
const featureAlgorithms = [
  "xgboost",
  "linear-learner",
  "kmeans",
  "knn",
  "pca",
  "random-cut-forest",
  "lda",
  "ntm",
  "factorization-machines",
];

/** They learn without a label: CSV has features alone. */
const unlabelled = ["kmeans", "pca", "random-cut-forest", "lda", "ntm"];

/** What ETL scripts of this project say of their output; those of others may say the same. */
interface EtlReport {
  columns?: unknown;
  features?: unknown;
  label?: unknown;
  missing?: unknown;
}

/** What a row of a request has to hold. */
export function rowSchema(content: TrainingContent): RowSchema {
  const { algorithm } = content;
  if (algorithm === "object2vec") return sequences(content);
  if (algorithm === "ip-insights") return { kind: "texts", count: 2 };
  if (algorithm !== null && !featureAlgorithms.includes(algorithm)) {
    return { kind: "unknown", why: `rows of ${algorithm} are no lists of numbers` };
  }
  return features(content);
}

/** The second encoder takes the first's settings where it is to be the same network, which is its default. */
function sequences({ hyperparameters }: TrainingContent): RowSchema {
  const size = (encoder: string) => Number(hyperparameters[`${encoder}_vocab_size`]);
  const shared = (hyperparameters["enc1_network"] ?? "enc0") === "enc0";
  return {
    kind: "sequences",
    inputs: {
      in0: { vocabularySize: size("enc0") },
      in1: { vocabularySize: size(shared ? "enc0" : "enc1") },
    },
  };
}

function features(content: TrainingContent): RowSchema {
  const columns = columnsOf(content);
  if (columns === undefined) {
    const { features: reported } = (content.etlReport ?? {}) as EtlReport;
    const dimension = Number(reported ?? content.hyperparameters["feature_dim"]);
    if (dimension > 0) return featureRows(content, [dimension], null);
    return {
      kind: "unknown",
      why: `nothing tells how many columns the training data had: it is ${content.contentType}, and no etl.json names them`,
    };
  }
  const { count, names } = columns;
  const others = othersThanFeatures(content);
  const counts = others.map((other) => count - other);
  return featureRows(content, counts, others.length === 1 ? names.slice(others[0]) : []);
}

function featureRows(
  { algorithm, etlReport }: TrainingContent,
  counts: number[],
  names: string[] | null,
): RowSchema {
  const saysMissing = typeof (etlReport as EtlReport | null)?.missing === "string";
  const takesMissing = algorithm === null || algorithm === "xgboost";
  return {
    kind: "features",
    counts,
    names: names?.length === counts[0] ? names : null,
    missing: takesMissing && !saysMissing ? "allowed" : "refused",
  };
}

/** Columns of the training data; by the data themselves where these are CSV, or a report of another script might mislead. */
function columnsOf({ contentType, etlReport, firstLine }: TrainingContent) {
  const { columns } = (etlReport ?? {}) as EtlReport;
  const names = Array.isArray(columns) ? columns.map(String) : [];
  if (!isCsv(contentType)) return names.length > 0 ? { count: names.length, names } : undefined;
  if (firstLine === undefined || firstLine.trim() === "") return undefined;
  const count = firstLine.split(",").length;
  if (count === 1 && /[;\t|]/.test(firstLine)) return undefined; // separated by something else
  return { count, names: names.length === count ? names : [] };
}

/** How many columns come before the features; several where nothing tells. */
function othersThanFeatures(content: TrainingContent): number[] {
  const { algorithm, contentType, hyperparameters, etlReport } = content;
  const size = /;\s*label_size=(\d+)/.exec(contentType)?.[1];
  const weights = hyperparameters["csv_weights"] === "1" ? 1 : 0;
  if (size !== undefined) return [Number(size) + weights];
  if (algorithm !== null) return [unlabelled.includes(algorithm) ? 0 : 1 + weights];
  const { label } = (etlReport ?? {}) as EtlReport;
  if (label === undefined) return [1, 0];
  return [label === null ? 0 : 1];
}
