import { AwsError } from "../cloud/aws-error.ts";
import { whileRestarting } from "./while-restarting.ts";

/** Whose access key a request was signed with. */
export interface Caller {
  accessKeyId: string;
  sessionToken?: string;
}

/** One question to IAM: whether a caller may do this. */
export interface Check {
  /** `sagemaker:CreateModel` */
  action: string;
  /** ARN, or `*` for actions that know no resources. */
  resource: string;
  /** Condition keys of the service, as `iam:PassedToService`; the global ones are known to IAM. */
  context?: Readonly<Record<string, string | readonly string[]>>;
}

/** A role, and for whom a service wants to assume it. */
export interface AssumeRole {
  roleArn: string;
  /** `sagemaker.amazonaws.com` */
  servicePrincipal: string;
  /** The last part of the session's ARN, `arn:aws:sts::<account>:assumed-role/<role>/<sessionName>`. */
  sessionName: string;
  /** What the service says of whom it acts for: `aws:SourceArn` and `aws:SourceAccount` of the trust policy's conditions. */
  sourceArn?: string;
  sourceAccount?: string;
}

/** Keys of a role's session; they hold as long as the cloud runs. */
export interface SessionCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** IAM and STS, as the services of the local cloud ask them. */
export interface Identity {
  /**
   * Resolves with the caller's ARN when all checks are allowed.
   * @throws AwsError as AWS words it: the key is unknown, or the first check that is denied
   */
  authorize(caller: Caller, checks: readonly Check[]): Promise<string>;
  /**
   * A session of the role, if its trust policy lets the service in.
   * @throws AwsError AccessDenied
   */
  assume(role: AssumeRole): Promise<SessionCredentials>;
}

interface Refusal {
  code: string;
  message: string;
}

/** The status that JSON services answer with a refusal. */
const REFUSED = 400;

/**
 * IAM and STS of a ministack.
 * @param url where it listens
 * @param secret of its launcher
 */
export function ministackIdentity({ url, secret }: { url: string; secret: string }): Identity {
  const ask = async <T>(route: string, question: object): Promise<T> => {
    // Both routes only look: to ask twice does no harm.
    const { answer, body } = await whileRestarting(async () => {
      const response = await fetch(`${url}/_local/${route}`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-local-secret": secret },
        body: JSON.stringify(question),
      });
      return { answer: response, body: await response.text() };
    });
    if (answer.status === 403) throw refused(JSON.parse(body) as Refusal);
    if (!answer.ok) throw new Error(`IAM answered ${answer.status} to /_local/${route}: ${body}`);
    return JSON.parse(body) as T;
  };
  return {
    authorize: async (caller, checks) => {
      const withService = checks.map((check) => ({ ...check, service: serviceOf(check) }));
      const answer = await ask<
        { allowed: true; principal: string } | ({ allowed: false } & Refusal)
      >("authorize", { ...caller, checks: withService });
      if (!answer.allowed) throw refused(answer);
      return answer.principal;
    },
    assume: (role) => ask<SessionCredentials>("sessions", role),
  };
}

function serviceOf({ action }: Check): string {
  return action.slice(0, action.indexOf(":"));
}

function refused({ code, message }: Refusal): AwsError {
  return new AwsError(code, message, REFUSED);
}
