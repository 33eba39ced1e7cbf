import { place } from "./pipeline.ts";

/** ARN of the tests' region and account: `arn("sagemaker", "model/x")`. */
export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${place.region}:${place.accountId}:${resource}`;
}

/** A statement that allows, as tests read it: `condition` where it has one. */
export function allows(actions: string[], resources: string[], condition?: object) {
  return {
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    ...(condition && { Condition: condition }),
  };
}

/** `names` as actions of one service. */
export function of(service: string, ...names: string[]): string[] {
  return names.map((name) => `${service}:${name}`);
}

/** What `changed` has that `plain` has not, and the other way round. */
export function difference<S extends object>(plain: readonly S[], changed: readonly S[]) {
  const texts = (statements: readonly object[]) =>
    new Set(statements.map((each) => JSON.stringify(each)));
  const [before, after] = [texts(plain), texts(changed)];
  return {
    added: changed.filter((each) => !before.has(JSON.stringify(each))),
    removed: plain.filter((each) => !after.has(JSON.stringify(each))),
  };
}

/** Statements that a customer key adds: for data, and for volumes of instances. */
export const keyStatements = (key: string) => ({
  data: allows(of("kms", "Encrypt", "Decrypt", "GenerateDataKey", "DescribeKey"), [key]),
  volumes: [
    allows(["kms:CreateGrant"], [key], { Bool: { "kms:GrantIsForAWSResource": "true" } }),
    allows(["kms:DescribeKey"], [key]),
  ],
});
