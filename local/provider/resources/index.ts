import type { ResourceType } from "../resource-type.ts";
import { bucket } from "./bucket.ts";
import { bucketLifecycleConfiguration } from "./bucket-lifecycle-configuration.ts";
import { bucketNotification } from "./bucket-notification.ts";
import { bucketObject } from "./bucket-object.ts";
import { bucketPolicy } from "./bucket-policy.ts";
import { bucketPublicAccessBlock } from "./bucket-public-access-block.ts";
import { bucketServerSideEncryptionConfiguration } from "./bucket-server-side-encryption-configuration.ts";
import { bucketVersioning } from "./bucket-versioning.ts";
import { eventRule } from "./event-rule.ts";
import { eventTarget } from "./event-target.ts";
import { lambdaFunction } from "./function.ts";
import { functionEventInvokeConfig } from "./function-event-invoke-config.ts";
import { glueJob } from "./glue-job.ts";
import { glueSecurityConfiguration } from "./glue-security-configuration.ts";
import { invocation } from "./invocation.ts";
import { logGroup } from "./log-group.ts";
import { metricAlarm } from "./metric-alarm.ts";
import { permission } from "./permission.ts";
import { queue } from "./queue.ts";
import { queuePolicy } from "./queue-policy.ts";
import { role } from "./role.ts";
import { rolePolicy } from "./role-policy.ts";
import { stateMachine } from "./state-machine.ts";

/** Every type of @pulumi/aws that the local provider makes, by its token. */
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
    eventRule,
    eventTarget,
    functionEventInvokeConfig,
    glueJob,
    glueSecurityConfiguration,
    invocation,
    lambdaFunction,
    logGroup,
    metricAlarm,
    permission,
    queue,
    queuePolicy,
    role,
    rolePolicy,
    stateMachine,
  ].map((item) => [item.type, item]),
);
