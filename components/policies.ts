/** One statement of an IAM policy document. Every `"*"` in `Resource` carries its reason beside it in the code. */
export interface Statement {
  Effect: "Allow" | "Deny";
  Principal?: { Service: string } | "*";
  Action: string[];
  Resource?: string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** `actions` on `resources`, nothing else; `condition` narrows it further. */
export function allow(
  actions: string[],
  resources: string[],
  condition?: Statement["Condition"],
): Statement {
  return {
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    ...(condition && { Condition: condition }),
  };
}

/** Hands `roleArn` to `service` and to no other. */
export function allowPassRole(roleArn: string, service: string): Statement {
  return allow(["iam:PassRole"], [roleArn], {
    StringEquals: { "iam:PassedToService": service },
  });
}

/** Custom metrics of one namespace only: PutMetricData knows no resources. */
export function allowMetrics(namespace: string): Statement {
  return allow(["cloudwatch:PutMetricData"], ["*"], {
    StringEquals: { "cloudwatch:namespace": namespace },
  });
}

/** Services that are not documented to say for whom they act: what they do not say cannot be demanded of them. */
const anonymous = new Set(["glue.amazonaws.com"]);

/** Trust statement: `service` may assume the role, and only on behalf of this account. */
export function trust(service: string, accountId: string): Statement {
  const operator = anonymous.has(service) ? "StringEqualsIfExists" : "StringEquals";
  return {
    Effect: "Allow",
    Principal: { Service: service },
    Action: ["sts:AssumeRole"],
    Condition: { [operator]: { "aws:SourceAccount": accountId } },
  };
}

/** Refuses every request that did not come over TLS, whoever sends it. */
export function denyInsecureTransport(actions: string[], resources: string[]): Statement {
  return {
    Effect: "Deny",
    Principal: "*",
    Action: actions,
    Resource: resources,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** Serialized policy document, version 2012-10-17. */
export function policyDocument(statements: Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
