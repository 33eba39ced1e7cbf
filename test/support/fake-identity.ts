import { AwsError } from "../../local/cloud/aws-error.ts";
import type { Caller, Check, Identity } from "../../local/ministack/identity.ts";

/** IAM that allows everything but the actions in `denied`, and keeps what it was asked. */
export class FakeIdentity implements Identity {
  readonly denied = new Set<string>();
  readonly asked: { caller: Caller; checks: readonly Check[] }[] = [];

  async authorize(caller: Caller, checks: readonly Check[]): Promise<string> {
    this.asked.push({ caller, checks });
    const principal = `arn:aws:iam::000000000000:user/${caller.accessKeyId}`;
    const denied = checks.find(({ action }) => this.denied.has(action));
    if (denied === undefined) return principal;
    const { action, resource } = denied;
    throw new AwsError(
      "AccessDeniedException",
      `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    );
  }

  async assume(): Promise<never> {
    throw new Error("nothing here assumes a role");
  }
}
