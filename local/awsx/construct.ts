import type { ComponentResource, ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import * as rpc from "@pulumi/pulumi/runtime/rpc.js";
import { Image } from "./image.ts";
import { Repository } from "./repository.ts";
import { Vpc } from "./vpc.ts";

type Component = new (
  name: string,
  inputs: never,
  options: ComponentResourceOptions,
) => ComponentResource;

/** Components of @pulumi/awsx that stand on the local cloud, by type: what they put out, beside their URN. */
const components = new Map<string, { component: Component; outputs: readonly string[] }>([
  ["awsx:ecr:Repository", { component: Repository, outputs: ["url"] }],
  ["awsx:ecr:Image", { component: Image, outputs: ["imageUri"] }],
  [
    "awsx:ec2:Vpc",
    {
      component: Vpc,
      outputs: ["vpcId", "isolatedSubnetIds", "privateSubnetIds", "publicSubnetIds", "routeTables"],
    },
  ],
]);

export interface Construction {
  type: string;
  name: string;
  inputs: Inputs;
  options: ComponentResourceOptions;
}

export interface Constructed {
  urn: string;
  /** Outputs as they go over the wire. */
  state: Record<string, unknown>;
  /** URNs of what each output comes from. */
  dependencies: Map<string, string[]>;
}

/**
 * Makes a component of @pulumi/awsx: registers it and what is below it with the monitor of the Pulumi run that this is
 * called in.
 *
 * @throws Error for a component that the local cloud does not have, by name
 */
export async function construct(construction: Construction): Promise<Constructed> {
  const { type, name, inputs, options } = construction;
  const found = components.get(type);
  if (found === undefined) {
    throw new Error(
      `the local provider does not support the component ${type}. It knows ${[...components.keys()].join(", ")}`,
    );
  }
  const made = new found.component(name, inputs as never, options);
  const outputs = found.outputs.map((key) => [key, made[key as keyof ComponentResource]]);
  const [state, dependencies] = await rpc.serializeResourceProperties(
    `construct(${type}, ${name})`,
    Object.fromEntries(outputs),
  );
  return {
    urn: await promiseOf(made.urn),
    state,
    dependencies: new Map(
      await Promise.all(
        [...dependencies].map(
          async ([key, resources]) =>
            [
              key,
              await Promise.all([...resources].map(({ urn }) => promiseOf<string>(urn))),
            ] as const,
        ),
      ),
    ),
  };
}

/** Typings leave it out: what the output will be, outside of `apply`. */
function promiseOf<T>(output: unknown): Promise<T> {
  return (output as { promise(): Promise<T> }).promise();
}
