import { z } from "zod";
import { checkInstanceType } from "../components/aws-instance-types.ts";
import { sageMakerNamePattern } from "../components/names.ts";
import type { EntryKind } from "./check-entry-name.ts";
import type { EndpointConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";
import { endpointSection } from "./pipeline-sections.ts";
import { field, instanceTypeField, readSection } from "./section.ts";

/** The endpoint that serves, named after what deploys to it unless config says otherwise. */
export function readEndpoint(
  { base, kind }: { base: string; kind: EntryKind },
  raw: unknown,
  path: string,
  problems: Problem[],
): Partial<EndpointConfig> {
  const shape = {
    ...endpointSection,
    name: field(
      z.string().regex(sageMakerNamePattern),
      "a name of letters, digits and hyphens, at most 63, a letter or digit first and last",
      `write such a name, or leave it out for <stack>-<${kind}>`,
    ).default(base),
    instanceType: instanceTypeField((value) => checkInstanceType(value, "endpoint"), "ml.m5.large"),
  };
  return readSection(shape, raw, path, problems);
}
