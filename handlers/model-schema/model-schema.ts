/** What a model was trained on, as far as requests can be held against it: `models/<title>/schema.json`, beside the model. */
export interface ModelSchema {
  schemaVersion: 1;
  /** Of the run that made the model. */
  title: string;
  /** As the catalogue names it; null for an image that it does not know. */
  algorithm: string | null;
  /** Content type of the train channel. */
  trainedOn: string;
  rows: RowSchema;
}

/** What one row of a request holds. */
export type RowSchema = FeatureRows | SequenceRows | TextRows | UnknownRows;

/** Numbers, one for each feature. */
export interface FeatureRows {
  kind: "features";
  /** How many a row has; two numbers where nothing says whether the training data's first column was a label. */
  counts: number[];
  /** In the order of the columns; null where nothing names them. */
  names: string[] | null;
  /** Whether the model was trained on rows with missing values, or may have been. */
  missing: "allowed" | "refused";
}

/** Lists of token ids, each from 0 to one less than `vocabularySize`. */
export interface SequenceRows {
  kind: "sequences";
  inputs: Record<string, { vocabularySize: number }>;
}

/** Texts, as many as there are columns. */
export interface TextRows {
  kind: "texts";
  count: number;
}

/** Of which nothing can be checked. */
export interface UnknownRows {
  kind: "unknown";
  /** Why, as a sentence without a full stop. */
  why: string;
}

/** Tag of a model: the `s3://` URI of its schema. */
export const schemaTag = "retraining:schema";
