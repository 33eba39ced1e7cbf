/** One of SageMaker's built-in algorithms: the facts that config is checked against and pipelines are built from. */
export interface Algorithm {
  /** As config names it. */
  name: string;
  /** As people write it. */
  title: string;
  /** Repository of its image, for `aws.sagemaker.getPrebuiltEcrImage`. */
  imageRepository: string;
  /** Oldest first: `since` and `until` elsewhere mean places in this list. */
  versions: readonly AlgorithmVersion[];
  defaultVersion: string;
  channels: {
    required: readonly Channel[];
    optional: readonly Channel[];
  };
  /** Content types of the training channels, exactly as the container compares them. */
  contentTypes: readonly string[];
  /** Taken where config names none; what the ETL scripts of this project write. */
  defaultContentType: string;
  /** Whether training spreads over several instances. */
  distributed: boolean;
  hyperparameters: Readonly<Record<string, HyperparameterSpec>>;
  /** What holds between hyperparameters; told under their own names, in whatever spelling of the value config has. */
  rules: readonly HyperparameterRule[];
  /** Hyperparameters that decide which metrics a run emits: while one is wrong, the question waits. */
  metricsFollow: readonly string[];
  metrics: Readonly<Record<string, MetricSpec>>;
}

export interface AlgorithmVersion {
  name: string;
  /** Tag of the image, where it is not the version's name. */
  imageTag?: string;
  /** Repository of the image, where it is not the algorithm's. */
  imageRepository?: string;
}

/** Channels that this project can feed, and those that algorithms ask for beside them. */
export type Channel = "train" | "validation" | "test" | "code";

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
} & (NumberSpec | CategoricalSpec | ListSpec | TextSpec);

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
  values: readonly string[];
  valueVersions?: Readonly<Record<string, VersionRange>>;
  /** Values that may carry a number, as in `error@0.7`. */
  withThreshold?: readonly string[];
}

export interface TextSpec {
  type: "text";
  pattern: RegExp;
  /** The pattern in words, with an example. */
  format: string;
}

/** What training is started with: hyperparameters as they go to the container. */
export interface TrainingRun {
  algorithm: Algorithm;
  version: string;
  hyperparameters: Readonly<Record<string, string>>;
}

export type HyperparameterRule = (run: TrainingRun) => Finding | undefined;

/** Something wrong with one hyperparameter. */
export interface Finding {
  hyperparameter: string;
  /** What holds, as a sentence without a full stop. */
  rule: string;
  /** What to write instead. */
  remedy: string;
}

export interface MetricSpec extends VersionRange {
  /** Whether a smaller or a greater value is the better one. */
  direction: "min" | "max";
  /** Why a run does not emit it, or emits nonsense; `undefined` where it can be relied on. Default: always can. */
  whyNot?: (run: TrainingRun) => Omit<Finding, "hyperparameter"> | undefined;
}

/** Whether `version` lies in `range`, in the algorithm's order of versions. */
export function isInVersions(algorithm: Algorithm, version: string, range: VersionRange): boolean {
  const order = (name: string) => algorithm.versions.findIndex((known) => known.name === name);
  const place = order(version);
  return (
    (range.since === undefined || place >= order(range.since)) &&
    (range.until === undefined || place <= order(range.until))
  );
}

/** What `aws.sagemaker.getPrebuiltEcrImage` is asked for. */
export function prebuiltImage(algorithm: Algorithm, version: string) {
  const known = algorithm.versions.find(({ name }) => name === version);
  if (known === undefined) throw new RangeError(`${algorithm.title} has no version ${version}`);
  return {
    repositoryName: known.imageRepository ?? algorithm.imageRepository,
    imageTag: known.imageTag ?? known.name,
  };
}
