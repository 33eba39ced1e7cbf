import { registryAccounts } from "../components/algorithms/registry.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import type { MetricDefinition, ValidationConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";
import { metricDefinitionSection } from "./pipeline-sections.ts";
import { readSection } from "./section.ts";

/** SageMaker's limit for one training job. */
const maxDefinitions = 40;

const example = (metric: string) => `{ name: "${metric}", regex: "${metric}=([0-9.e+-]+)" }`;

/** `training.metricDefinitions`: what SageMaker reads from the log of a container that is not its own. */
export function readMetricDefinitions(
  choice: AlgorithmChoice,
  raw: unknown,
  path: string,
  problems: Problem[],
): MetricDefinition[] {
  if (raw === undefined || raw === null) return [];
  const refuse = (rule: string, remedy: string) => {
    problems.push({ path, received: raw, rule, remedy });
    return [];
  };
  if (isBuiltin(choice)) {
    const rule = "for containers of your own: SageMaker has the metrics of its algorithms defined";
    return refuse(rule, "remove metricDefinitions");
  }
  if (!Array.isArray(raw))
    return refuse("a list", `write - ${example("validation:rmse")} below it`);
  if (raw.length > maxDefinitions) {
    return refuse(`at most ${maxDefinitions} definitions, SageMaker's limit`, "remove some");
  }
  const read = raw.map((one, index) =>
    readSection(metricDefinitionSection, one, `${path}[${index}]`, problems),
  ) as MetricDefinition[];
  const names = read.map(({ name }) => name);
  const twice = names.find((name, index) => name !== undefined && names.indexOf(name) < index);
  if (twice !== undefined) return refuse(`${twice} is defined twice`, "give each metric one regex");
  return read;
}

/** A gate on a container of one's own needs the metric defined: nothing else tells SageMaker of it. */
export function checkDefinedMetric(
  choice: AlgorithmChoice,
  definitions: readonly MetricDefinition[],
  validation: ValidationConfig | undefined,
  path: string,
  problems: Problem[],
): void {
  if (choice.config === undefined || isBuiltin(choice) || !validation?.enabled) return;
  const { metric } = validation;
  if (definitions.some(({ name }) => name === metric)) return;
  const known = definitions.map(({ name }) => name).filter((name) => name !== undefined);
  problems.push({
    path: `${path}.validation.metric`,
    received: metric,
    rule:
      known.length === 0
        ? "a metric that training.metricDefinitions defines: SageMaker knows none of a container of yours"
        : `a metric of training.metricDefinitions: ${known.join(", ")}`,
    remedy: `add - ${example(metric)} to training.metricDefinitions, its regex as the container prints it`,
  });
}

/** Whether SageMaker knows the metrics: by name, or by an image in AWS's own registries. */
function isBuiltin({ config, catalogued }: AlgorithmChoice): boolean {
  if (catalogued !== undefined || config === undefined || !("image" in config)) {
    return catalogued !== undefined;
  }
  const [registry = "", path = ""] = config.image.split("/");
  const accounts = registryAccounts.get(path.replace(/[:@].*$/, ""));
  return Object.values(accounts ?? {}).includes(registry.split(".")[0] ?? "");
}
