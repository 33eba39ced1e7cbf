import type { MetricSpec, TrainingRun } from "./algorithm.ts";
import { type Condition, holds, remedyOf, unmet } from "./condition.ts";

/** A metric without its channel's name: `mse` of `validation:mse`. */
export interface MetricRow {
  direction: MetricSpec["direction"];
  description: string;
  /** Emitted only then. @default always */
  when?: Condition;
  /** Channel that must not be fed. */
  notBeside?: string;
  /** How training went, rather than how good the model is: no gate can mean it. */
  informational?: true;
}

/** Metrics of the channels, `<channel>:<name>`; where one is not emitted, the reason names those of its channel that are. */
export function metricTable(
  channels: readonly string[],
  rows: Readonly<Record<string, MetricRow>>,
): Record<string, MetricSpec> {
  return Object.fromEntries(
    channels.flatMap((channel) =>
      Object.entries(rows).map(([name, row]) => [
        `${channel}:${name}`,
        specOf(channel, name, row, rows),
      ]),
    ),
  );
}

function specOf(
  channel: string,
  name: string,
  row: MetricRow,
  rows: Readonly<Record<string, MetricRow>>,
): MetricSpec {
  const { direction, when, informational, notBeside } = row;
  const only = when === undefined ? "" : `; ${when.hyperparameter} ${when.values.join(" or ")}`;
  const spec = {
    direction,
    description: `${row.description}${only}`,
    channel,
    ...(notBeside === undefined ? {} : { notBeside }),
  };
  if (informational) {
    return { ...spec, whyNot: (run) => whyInformational(name, channel, rows, run) };
  }
  if (when === undefined) return spec;
  return {
    ...spec,
    whyNot(run) {
      if (holds(when, run)) return undefined;
      const others = emitted(channel, rows, run);
      return {
        rule: `${channel}:${name} ${unmet(when, run)}`,
        remedy: others === "" ? remedyOf(when) : `gate on ${others}, or ${remedyOf(when)}`,
      };
    },
  };
}

function whyInformational(
  name: string,
  channel: string,
  rows: Readonly<Record<string, MetricRow>>,
  run: TrainingRun,
) {
  const others = emitted(channel, rows, run);
  return {
    rule: `${channel}:${name} tells how training went, not how good the model is`,
    remedy: others === "" ? "gate on a metric of the model" : `gate on ${others}`,
  };
}

function emitted(
  channel: string,
  rows: Readonly<Record<string, MetricRow>>,
  run: TrainingRun,
): string {
  return Object.entries(rows)
    .filter(([, { when, informational }]) => !informational && (!when || holds(when, run)))
    .map(([name]) => `${channel}:${name}`)
    .join(" or ");
}
