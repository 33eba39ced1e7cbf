import type { StackSettings } from "../stack-file.ts";
import type { CompareOptions } from "./compare-inputs.ts";

/**
 * Config of a stack with one comparison alone, and with what the options of `npm run compare` say of it.
 *
 * @throws an Error that names those that there are
 */
export function comparisonSettings(
  stack: string,
  { "retraining:pipelines": _, ...settings }: StackSettings,
  { comparison, label, promote, by }: Omit<CompareOptions, "inputs">,
): { name: string; settings: StackSettings } {
  const all = JSON.parse(settings["retraining:comparisons"] ?? "{}");
  const name = comparison ?? Object.keys(all)[0];
  const config = name === undefined ? undefined : all[name];
  if (name === undefined || config === undefined) {
    const there = Object.keys(all).join(", ") || "none";
    const wanted = comparison === undefined ? "no comparison" : `no comparison ${comparison}`;
    throw new Error(`Pulumi.${stack}.yaml has ${wanted}: retraining:comparisons has ${there}`);
  }
  const { etl, evaluation, promotion } = config;
  const changed = {
    ...config,
    enabled: true,
    ...(label !== undefined && {
      etl: { ...etl, arguments: { ...etl?.arguments, LABEL_COLUMN: label } },
    }),
    ...(by !== undefined && { evaluation: { ...evaluation, by } }),
    ...(promote && { promotion: { ...promotion, enabled: true } }),
  };
  return {
    name,
    settings: { ...settings, "retraining:comparisons": JSON.stringify({ [name]: changed }) },
  };
}
