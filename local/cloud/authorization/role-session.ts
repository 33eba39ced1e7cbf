import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import type { AssumeRole, Check, Identity, SessionCredentials } from "../../ministack/identity.ts";
import { attemptsWhileRestarting } from "../../ministack/while-restarting.ts";
import type { CloudContext } from "../context.ts";

/**
 * A job or an endpoint, acting as the role that it was given: every call that SageMaker or Glue make for it on AWS in the role's
 * name goes through here. The role is assumed at the first of them.
 */
export class RoleSession {
  readonly role: AssumeRole;
  readonly s3: S3Client;
  readonly logs: CloudWatchLogsClient;
  readonly #identity: Identity;
  #assumed: Promise<SessionCredentials> | undefined;

  constructor(context: CloudContext, role: AssumeRole) {
    this.role = role;
    this.#identity = context.identity;
    const client = {
      endpoint: context.endpointUrl,
      region: context.region,
      credentials: () => this.credentials(),
      maxAttempts: attemptsWhileRestarting,
    };
    this.s3 = new S3Client({ ...client, forcePathStyle: true });
    this.logs = new CloudWatchLogsClient(client);
  }

  /**
   * Keys of the session.
   * @throws AwsError when the role is gone or its trust policy does not let the service in
   */
  credentials(): Promise<SessionCredentials> {
    if (this.#assumed === undefined) {
      this.#assumed = this.#identity.assume(this.role);
      // A role may be mended meanwhile: the next call tries again.
      this.#assumed.catch(() => (this.#assumed = undefined));
    }
    return this.#assumed;
  }

  /**
   * For what the local cloud does without calling a service, as pulling an image.
   * @throws AwsError for the first check that the role's policies do not allow
   */
  async authorize(checks: readonly Check[]): Promise<void> {
    const { accessKeyId, sessionToken } = await this.credentials();
    await this.#identity.authorize({ accessKeyId, sessionToken }, checks);
  }

  close(): void {
    this.s3.destroy();
    this.logs.destroy();
  }
}
