import { CreateModelCommand } from "@aws-sdk/client-sagemaker";
import { until } from "../until.ts";
import type { Denials } from "./denials.ts";
import type { RunWorkshop } from "./run-workshop.ts";

/** Something that is done in the names of roles. */
export interface Path<Shop> {
  /** With all permissions there: brings the cloud to where the path begins. */
  prepare?(shop: Shop): Promise<unknown>;
  /** A permission that goes too, for paths that begin with a failure. */
  broken?: { role: string; action: string };
  /** @returns whether it came to its usual end */
  take(shop: Shop, denials: Denials): Promise<boolean>;
}

/** Of every state machine. */
export const deployment: Path<RunWorkshop> = { take: (shop) => shop.redeploy() };

/** A model whose data are not there, which SageMaker says only to who may list them. */
export const modelThatIsGone: Path<RunWorkshop> = {
  take: async ({ bench, names, outputs }) => {
    const { cloud, clients } = bench;
    const error = await clients.sagemaker
      .send(
        new CreateModelCommand({
          ModelName: `${names.runPrefix}gone`,
          ExecutionRoleArn: `arn:aws:iam::${cloud.accountId}:role/${names.roles.serving}`,
          PrimaryContainer: {
            Image: `257758044811.dkr.ecr.${cloud.region}.amazonaws.com/sagemaker-xgboost:3.0-5`,
            ModelDataUrl: `s3://${outputs.bucket}/models/gone/model.tar.gz`,
          },
        }),
      )
      .catch((reason: Error) => reason);
    return error instanceof Error && error.message.startsWith("Could not find model data");
  },
};

/** Ends in an abort, which is well. */
export function aborting<Shop extends RunWorkshop>(
  abort: (shop: Shop) => Promise<unknown>,
): Path<Shop> {
  return {
    prepare: (shop) => shop.severalVersions(),
    take: async (shop) => {
      await abort(shop);
      return true;
    },
  };
}

/** A closing that fails for want of something else, so that its event goes to the dead-letter queue. */
export function failedClosing(broken: { role: string; action: string }): Path<RunWorkshop> {
  return {
    broken,
    prepare: (shop) => shop.severalVersions(),
    take: async (shop, denials) => {
      await shop.abortInEtl();
      return !(await deniedSending(denials));
    },
  };
}

/** As Pulumi asks the clean-up function when the stack goes. */
export function removal(
  { endpointName }: RunWorkshop,
  onRenameOrDestroy: "delete" | "keep" = "delete",
) {
  return { tf: { action: "delete", prev_input: null }, endpointName, onRenameOrDestroy };
}

/** Whether the message of last resort was denied too: it comes after Lambda's own retries. */
export async function deniedSending(denials: Denials): Promise<boolean> {
  return until(
    "a message to the dead-letter queue",
    async () => {
      const seen = await denials.seen();
      return seen.some(({ action }) => action === "sqs:SendMessage") ? true : undefined;
    },
    20,
  ).catch(() => false);
}
