/** An error that the local cloud answers as AWS does: `code` becomes `__type`, and the SDKs' `error.name`. */
export class AwsError extends Error {
  readonly code: string;
  /** HTTP status. */
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
