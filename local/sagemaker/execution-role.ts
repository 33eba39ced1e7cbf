import { imagePullChecks } from "../cloud/authorization/image-pull.ts";
import { RoleSession } from "../cloud/authorization/role-session.ts";
import { AwsError } from "../cloud/aws-error.ts";
import type { CloudContext } from "../cloud/context.ts";

const servicePrincipal = "sagemaker.amazonaws.com";

/**
 * SageMaker acting as the role that a job or a model was given.
 * @param sourceArn the job or model on whose behalf it does
 */
export function executionSession(
  context: CloudContext,
  roleArn: string,
  sourceArn: string,
): RoleSession {
  return new RoleSession(context, {
    roleArn,
    servicePrincipal,
    sessionName: "SageMaker",
    sourceArn,
    sourceAccount: context.accountId,
  });
}

/**
 * What SageMaker makes sure of before it accepts a training job: that it can assume its role, and pull its image as that.
 * @throws AwsError
 */
export async function checkTrainingRole(
  session: RoleSession,
  image: string,
  { region, log }: Pick<CloudContext, "region" | "log">,
): Promise<void> {
  const { roleArn } = session.role;
  await session.credentials().catch((error: AwsError) => {
    log(`CreateTrainingJob: ${error.message}`);
    throw invalid(
      `Could not assume role ${roleArn}. Please ensure that the role exists and allows principal '${servicePrincipal}' to assume the role.`,
    );
  });
  const checks = imagePullChecks(image, region);
  await session.authorize(checks).catch((error: AwsError) => {
    const [registry, path = ""] = image.split("/", 2);
    throw invalid(
      `Access denied for repository: ${path.replace(/[:@].*$/, "")} in registry ID: ${registry?.split(".")[0]}. Please check if your ECR repository and image exist and role ${roleArn} has proper pull permissions for SageMaker: ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer (${error.message})`,
    );
  });
}

/** SageMaker's words for a model's role that it cannot assume. */
export function roleNotAssumable(roleArn: string): string {
  return `The execution role ARN "${roleArn}" is invalid. Please ensure that the role exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "${servicePrincipal}".`;
}

/** SageMaker's words for model data that a role cannot read. */
export function modelDataForbidden(url: string, roleArn: string, region: string): string {
  return `Could not access model data at ${url}. Please ensure that the role "${roleArn}" exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "${servicePrincipal}". Also ensure that the role has "s3:GetObject" permissions and that the object is located in ${region}.`;
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
