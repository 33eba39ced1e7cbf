import type { ComparisonConfig } from "./comparison-config.ts";
import type { PipelineConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";

interface Deployed {
  pipelines: readonly PipelineConfig[];
  comparisons: readonly ComparisonConfig[];
}

interface Endpoint {
  /** `pipeline churn`. */
  owner: string;
  path: string;
  own: string;
  /** `undefined` while it is wrong, and reported. */
  name: string | undefined;
}

/** No two that are deployed, pipelines or comparisons that promote, may share an endpoint. */
export function checkEndpointNames(deployed: Deployed, problems: Problem[]) {
  const takenBy = new Map<string, string>();
  for (const { owner, path, own, name } of endpointsOf(deployed)) {
    if (name === undefined) continue;
    const same = name.toLowerCase(); // SageMaker tells names apart without case
    const other = takenBy.get(same);
    if (other === undefined) takenBy.set(same, owner);
    else {
      problems.push({
        path,
        received: name,
        rule: `${other} has an endpoint of this name: each would replace the other's model`,
        remedy: `write another, or leave it out for <stack>-${own}`,
      });
    }
  }
}

/** Not of those that are off: one may be the other's stand-in. */
function endpointsOf({ pipelines, comparisons }: Deployed): Endpoint[] {
  const piped = pipelines
    .filter(({ enabled }) => enabled)
    .map(({ name, endpoint }) => ({
      owner: `pipeline ${name}`,
      path: `pipelines.${name}.endpoint.name`,
      own: name,
      name: endpoint.name,
    }));
  const promoted = comparisons
    .filter(({ enabled, promotion }) => enabled && promotion.enabled)
    .map(({ name, promotion }) => ({
      owner: `comparison ${name}`,
      path: `comparisons.${name}.promotion.endpoint.name`,
      own: name,
      name: promotion.endpoint.name,
    }));
  return [...piped, ...promoted];
}
