import { expression } from "./jsonata.ts";
import { lambdaTransient } from "./retry.ts";
import type { Flow, States } from "./state.ts";
import { catchAll, task } from "./task.ts";

export interface WriteSchemaArgs extends Flow {
  partition: string;
  functionArn: string;
  /** As the catalogue names it; null for an image that it does not know. */
  algorithm: string | null;
  /** Content type of the train channel. */
  contentType: string;
  /** Key prefix of the data of the train channel; null where ETL does not make them. */
  train: string | null;
}

/** What the model was trained on, beside the model: written before anything can serve, so that no request goes unchecked. */
export function writeSchema(args: WriteSchemaArgs): States {
  return {
    "Write Schema": task({
      integration: "lambda:invoke",
      partition: args.partition,
      arguments: {
        FunctionName: args.functionArn,
        Payload: {
          title: expression("$title"),
          algorithm: args.algorithm,
          contentType: args.contentType,
          hyperparameters: expression("$training.hyperparameters"),
          train: args.train,
        },
      },
      timeoutSeconds: 90,
      retry: [lambdaTransient],
      assign: { schema: expression("$states.result.Payload") },
      catch: [catchAll("SchemaNotWritten", args.onFailure)],
      next: args.next,
    }),
  };
}
