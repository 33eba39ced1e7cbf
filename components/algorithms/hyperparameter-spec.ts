/** Versions that know something; open at an end that is left out. Both ends are included. */
export interface VersionRange {
  since?: string;
  until?: string;
}

export type HyperparameterSpec = VersionRange & {
  description: string;
  /** Training does not start without it. What depends on others is a rule of the algorithm. */
  required?: true;
  /** What the container takes when it is not given; for people to read, never sent. */
  default?: string | number;
  /** Other names that the container takes for it. */
  aliases?: readonly string[];
  /** Channel that must be fed where it is given: a text names a file there, anything else is about its data. */
  channel?: string;
} & (NumberSpec | CategoricalSpec | ListSpec | JsonListSpec | TextSpec);

export interface NumberSpec {
  type: "integer" | "float";
  min?: number;
  max?: number;
  /** Smallest value is greater than this. */
  above?: number;
  /** Largest value is less than this. */
  below?: number;
  /** Words that stand in for a number, such as `auto`. */
  literals?: readonly string[];
}

export interface CategoricalSpec {
  type: "categorical";
  values: readonly string[];
  /** Versions of values that not all versions take. */
  valueVersions?: Readonly<Record<string, VersionRange>>;
}

/** Comma-separated, no spaces. */
export interface ListSpec {
  type: "list";
  /** Spaces after commas are taken too. */
  spaces?: true;
  values: readonly string[];
  valueVersions?: Readonly<Record<string, VersionRange>>;
  /** Values that may carry a number, as in `error@0.7`. */
  withThreshold?: readonly string[];
}

/** A JSON array in a text; config may as well hold a YAML list. */
export interface JsonListSpec {
  type: "json list";
  items: NumberSpec | CategoricalSpec;
  /** Words that stand in for a list, such as `auto`. */
  literals?: readonly string[];
}

export interface TextSpec {
  type: "text";
  pattern: RegExp;
  /** The pattern in words, with an example. */
  format: string;
}
