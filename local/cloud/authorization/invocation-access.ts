import type { Caller, Identity } from "../../ministack/identity.ts";

/** How long an allowed caller is not asked about again: AWS takes seconds, too, until a changed policy holds everywhere. */
const KEPT_MS = 2000;

/** More callers than this at once are no laptop's: the oldest are asked about again. */
const MAX_KEPT = 1000;

/**
 * Whether a caller may invoke an endpoint, remembered for a moment: each request to an endpoint asks it, and a model may answer
 * in less time than IAM. Denials are not remembered.
 */
export class InvocationAccess {
  readonly #identity: Identity;
  readonly #now: () => number;
  readonly #allowed = new Map<string, { until: number; asked: Promise<unknown> }>();

  /** @param now milliseconds of a clock */
  constructor(identity: Identity, now: () => number = Date.now) {
    this.#identity = identity;
    this.#now = now;
  }

  /**
   * Undefined where the caller is known to be allowed: nothing has to be waited for then.
   * @throws AwsError, by its promise, when the caller may not
   */
  check(caller: Caller, endpointArn: string): Promise<unknown> | undefined {
    const key = `${caller.accessKeyId}\n${caller.sessionToken ?? ""}\n${endpointArn}`;
    const known = this.#allowed.get(key);
    if (known !== undefined && this.#now() < known.until) {
      return known.until === Number.POSITIVE_INFINITY ? known.asked : undefined;
    }
    const asked = this.#identity.authorize(caller, [
      { action: "sagemaker:InvokeEndpoint", resource: endpointArn },
    ]);
    // While IAM is asked, others with the same question wait for the same answer.
    this.#keep(key, { until: Number.POSITIVE_INFINITY, asked });
    asked.then(
      () => this.#keep(key, { until: this.#now() + KEPT_MS, asked }),
      () => this.#allowed.delete(key),
    );
    return asked;
  }

  #keep(key: string, entry: { until: number; asked: Promise<unknown> }): void {
    this.#allowed.delete(key);
    this.#allowed.set(key, entry);
    const [oldest] = this.#allowed.keys();
    if (this.#allowed.size > MAX_KEPT && oldest !== undefined) this.#allowed.delete(oldest);
  }
}
