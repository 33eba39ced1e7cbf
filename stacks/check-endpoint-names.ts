import type { PipelineConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";

/** No two pipelines that are deployed may share an endpoint. */
export function checkEndpointNames(pipelines: readonly PipelineConfig[], problems: Problem[]) {
  const takenBy = new Map<string, string>();
  for (const { name, enabled, endpoint } of pipelines) {
    // one that is off may be the other's stand-in; a name that is missing was reported
    if (!enabled || endpoint.name === undefined) continue;
    const same = endpoint.name.toLowerCase(); // SageMaker tells names apart without case
    const other = takenBy.get(same);
    if (other === undefined) takenBy.set(same, name);
    else {
      problems.push({
        path: `pipelines.${name}.endpoint.name`,
        received: endpoint.name,
        rule: `pipeline ${other} has an endpoint of this name: each would replace the other's model`,
        remedy: `write another, or leave it out for <stack>-${name}`,
      });
    }
  }
}
