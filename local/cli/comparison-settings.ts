import { ConfigError } from "../../stacks/config-error.ts";
import { isMapping } from "../../stacks/section.ts";
import { settingValue } from "../../stacks/setting-value.ts";
import type { StackSettings } from "../stack-file.ts";
import type { CompareOptions } from "./compare-inputs.ts";

/** As YAML gave it. */
type Config = Record<string, unknown> & {
  etl?: { arguments?: object };
  evaluation?: object;
  promotion?: object;
};

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
  const all = settingValue(settings["retraining:comparisons"]) ?? {};
  if (!isMapping(all)) {
    throw new ConfigError(stack, [
      {
        path: "retraining:comparisons",
        received: all,
        rule: "a mapping of one comparison at least, by name",
        remedy: "write a name and its sections below, as in Pulumi.dev.yaml",
      },
    ]);
  }
  const name = comparison ?? Object.keys(all)[0];
  const config = (name === undefined ? undefined : all[name]) as Config | undefined;
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
