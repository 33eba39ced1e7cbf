import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";

interface Place {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

interface Statement {
  Effect: "Allow" | "Deny";
  Action: string | string[];
  Resource: string | string[];
  Condition?: object;
}

const everything: Statement[] = [
  { Effect: "Allow", Action: ["s3:*", "logs:*", "ecr:*"], Resource: "*" },
];

/** Creates a role that SageMaker and Glue may assume; @returns its ARN. */
export async function createExecutionRole(
  place: Place,
  name: string,
  statements: readonly Statement[] = everything,
): Promise<string> {
  const iam = new IAMClient(place);
  const trust = {
    Effect: "Allow",
    Principal: { Service: ["sagemaker.amazonaws.com", "glue.amazonaws.com"] },
    Action: "sts:AssumeRole",
  };
  try {
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: documentOf([trust]) }),
    );
    await putStatements(iam, name, statements);
    return Role?.Arn as string;
  } finally {
    iam.destroy();
  }
}

/** Replaces all that a role may do. */
export async function putStatements(
  iam: IAMClient,
  RoleName: string,
  statements: readonly object[],
): Promise<void> {
  await iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: "permissions",
      PolicyDocument: documentOf(statements),
    }),
  );
}

function documentOf(Statement: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
