import type { MetricSpec, TunableRange } from "../../components/algorithms/algorithm.ts";
import type {
  HyperparameterSpec,
  JsonListSpec,
  NumberSpec,
  VersionRange,
} from "../../components/algorithms/hyperparameter-spec.ts";

/** What a hyperparameter takes, short: `integer ≥ 1 or auto`, `0 < number ≤ 1`, `true | false`. */
export function describeValues(spec: HyperparameterSpec): string {
  switch (spec.type) {
    case "integer":
    case "float":
      return orWords(describeRange(spec), spec.literals);
    case "categorical":
      return spec.values.join(" | ");
    case "list":
      return `list of ${spec.values.join(", ")}${thresholds(spec.withThreshold)}`;
    case "json list":
      return orWords(`list of ${describeItems(spec)}`, spec.literals);
    case "text":
      return spec.format;
  }
}

function describeItems({ items }: JsonListSpec): string {
  return items.type === "categorical" ? items.values.join(", ") : `${describeRange(items)} each`;
}

function orWords(range: string, literals: readonly string[] | undefined): string {
  if (literals === undefined) return range;
  return `${range} or ${literals.map((word) => (word === "" ? '""' : word)).join(", ")}`;
}

function thresholds(names: readonly string[] | undefined): string {
  return names === undefined ? "" : `; ${names.join(", ")} also as ${names[0]}@0.7`;
}

/** `integer 1 to 5`, `number > 0`, `0 < number < 1`. */
export function describeRange({ type, min, max, above, below }: NumberSpec): string {
  const kind = type === "integer" ? "integer" : "number";
  if (min !== undefined && max !== undefined) return `${kind} ${min} to ${max}`;
  const lower = min === undefined ? undefined : `${min} ≤ `;
  const left = lower ?? (above === undefined ? "" : `${above} < `);
  const right = max !== undefined ? ` ≤ ${max}` : below === undefined ? "" : ` < ${below}`;
  if (left === "" || right !== "") return `${left}${kind}${right}`;
  return min === undefined ? `${kind} > ${above}` : `${kind} ≥ ${min}`;
}

/** `required`, the default, or nothing. */
export function describeDefault({ required, default: fallback }: HyperparameterSpec): string {
  if (required) return "required";
  return fallback === "" ? '""' : String(fallback ?? "");
}

/** What it is, other names and versions included. */
export function describeHyperparameter(spec: HyperparameterSpec): string {
  const aliases = spec.aliases === undefined ? [] : [`also ${spec.aliases.join(", ")}`];
  const channel = spec.channel === undefined ? [] : [`needs the channel ${spec.channel}`];
  return [spec.description, ...aliases, ...channel, ...describeVersions(spec)].join("; ");
}

export function describeMetric(spec: MetricSpec): string {
  const channel = spec.notBeside === undefined ? [] : [`not beside the channel ${spec.notBeside}`];
  return [spec.description, ...channel, ...describeVersions(spec)].join("; ");
}

function describeVersions({ since, until }: VersionRange): string[] {
  if (since === undefined && until === undefined) return [];
  if (until === undefined) return [`from ${since} on`];
  return [since === undefined ? `up to ${until}` : `${since} to ${until}`];
}

export function describeTunable(range: TunableRange): string {
  if (range.type === "categorical") return range.values.join(" | ");
  return `${range.type === "integer" ? "integer" : "number"} ${range.min} to ${range.max}`;
}
