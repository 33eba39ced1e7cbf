export type ResourceKind =
  | "training-job"
  | "transform-job"
  | "hyper-parameter-tuning-job"
  | "model"
  | "endpoint-config"
  | "endpoint";

/** ARNs of the account and region that the local cloud stands for. */
export class Arns {
  readonly #partition: string;
  readonly #region: string;
  readonly #accountId: string;

  constructor(region: string, accountId: string) {
    this.#partition = partitionOf(region);
    this.#region = region;
    this.#accountId = accountId;
  }

  of(kind: ResourceKind, name: string): string {
    return `arn:${this.#partition}:sagemaker:${this.#region}:${this.#accountId}:${kind}/${name}`;
  }

  logGroup(group: string): string {
    return `arn:${this.#partition}:logs:${this.#region}:${this.#accountId}:log-group:${group}`;
  }
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}
