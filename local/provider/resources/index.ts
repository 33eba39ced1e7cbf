import type { ResourceType } from "../resource-type.ts";
import { bucket } from "./bucket.ts";
import { bucketLifecycleConfiguration } from "./bucket-lifecycle-configuration.ts";
import { bucketNotification } from "./bucket-notification.ts";
import { bucketObject } from "./bucket-object.ts";
import { bucketPolicy } from "./bucket-policy.ts";
import { bucketPublicAccessBlock } from "./bucket-public-access-block.ts";
import { bucketServerSideEncryptionConfiguration } from "./bucket-server-side-encryption-configuration.ts";
import { bucketVersioning } from "./bucket-versioning.ts";
import { dockerImage } from "./docker-image.ts";
import { eventRule } from "./event-rule.ts";
import { eventTarget } from "./event-target.ts";
import { lambdaFunction } from "./function.ts";
import { functionEventInvokeConfig } from "./function-event-invoke-config.ts";
import { glueJob } from "./glue-job.ts";
import { glueSecurityConfiguration } from "./glue-security-configuration.ts";
import { invocation } from "./invocation.ts";
import { lifecyclePolicy } from "./lifecycle-policy.ts";
import { logGroup } from "./log-group.ts";
import { metricAlarm } from "./metric-alarm.ts";
import { networkTypes } from "./network/index.ts";
import { permission } from "./permission.ts";
import { queue } from "./queue.ts";
import { queuePolicy } from "./queue-policy.ts";
import { repository } from "./repository.ts";
import { role } from "./role.ts";
import { rolePolicy } from "./role-policy.ts";
import { stateMachine } from "./state-machine.ts";

/** Every type that the local provider makes, by its token: of @pulumi/aws, and images of @pulumi/docker-build. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  [
    bucket,
    bucketLifecycleConfiguration,
    bucketNotification,
    bucketObject,
    bucketPolicy,
    bucketPublicAccessBlock,
    bucketServerSideEncryptionConfiguration,
    bucketVersioning,
    dockerImage,
    eventRule,
    eventTarget,
    functionEventInvokeConfig,
    glueJob,
    glueSecurityConfiguration,
    invocation,
    lambdaFunction,
    lifecyclePolicy,
    logGroup,
    metricAlarm,
    ...networkTypes,
    permission,
    queue,
    queuePolicy,
    repository,
    role,
    rolePolicy,
    stateMachine,
  ].map((item) => [item.type, item]),
);
