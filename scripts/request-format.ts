import { basename, extname } from "node:path";
import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { Algorithm } from "../components/algorithms/algorithm.ts";
import { algorithms } from "../components/algorithms/index.ts";

const byExtension: Readonly<Record<string, string>> = {
  ".csv": "text/csv",
  ".json": "application/json",
  ".jsonl": "application/jsonlines",
  ".jsonlines": "application/jsonlines",
  ".libsvm": "text/libsvm",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".pbr": "application/x-recordio-protobuf",
};

/**
 * The content type of a file of rows: by its name, as far as the algorithm takes that; else what the algorithm takes first.
 *
 * @param algorithm undefined for an image that the catalogue does not know
 * @throws Error when the algorithm takes no such file, and when nothing tells the type
 */
export function contentTypeOf(file: string, algorithm: Algorithm | undefined): string {
  const named = byExtension[extname(file).toLowerCase()];
  if (algorithm === undefined) {
    if (named !== undefined) return named;
    const what = file === "-" ? "standard input" : basename(file);
    throw new Error(
      `nothing tells the content type of ${what}: the endpoint's image is no built-in algorithm's; name it with --content-type`,
    );
  }
  const [first = "text/csv"] = algorithm.serving.requests;
  if (named === undefined) return first;
  if (algorithm.serving.requests.includes(named)) return named;
  throw new Error(
    `${basename(file)} is ${named} by its name, and ${algorithm.title} takes ${algorithm.serving.requests.join(", ")}. ` +
      `A request in ${first}: ${algorithm.serving.exampleRequest}`,
  );
}

/** The algorithm of an image, by its repository; undefined for one that is not in the catalogue. */
export function algorithmOf(image: string): Algorithm | undefined {
  const repository = /([^/:@]+)(?:[:@][^/]*)?$/.exec(image)?.[1];
  return Object.values<Algorithm>(algorithms).find(
    ({ imageRepository, versions }) =>
      imageRepository === repository ||
      versions.some((version) => version.imageRepository === repository),
  );
}

/** What serves an endpoint. */
export interface ServingModel {
  image: string;
  modelArn: string;
}

/** The model of an endpoint's first variant. */
export async function servingModel(
  client: SageMakerClient,
  endpoint: string,
): Promise<ServingModel> {
  const { EndpointConfigName } = await client.send(
    new DescribeEndpointCommand({ EndpointName: endpoint }),
  );
  const { ProductionVariants } = await client.send(
    new DescribeEndpointConfigCommand({ EndpointConfigName }),
  );
  const { PrimaryContainer, Containers, ModelArn } = await client.send(
    new DescribeModelCommand({ ModelName: ProductionVariants?.[0]?.ModelName }),
  );
  return { image: (PrimaryContainer ?? Containers?.[0])?.Image ?? "", modelArn: ModelArn ?? "" };
}
