import type { Inputs } from "@pulumi/pulumi";
import * as server from "@pulumi/pulumi/provider/server.js";

interface Struct {
  toJavaScript(): object;
}

interface Dependencies {
  get(property: string): { getUrnsList(): string[] } | undefined;
}

/** Inputs of a component as they came over the wire, each with what it depends on. @pulumi/pulumi has it, its typings do not. */
export const { deserializeInputs } = server as unknown as {
  deserializeInputs(inputs: Struct, dependencies: Dependencies): Promise<Inputs>;
};
