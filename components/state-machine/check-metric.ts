import { expression, literal } from "./jsonata.ts";
import type { Flow, States } from "./state.ts";

/** The gate: which metric decides, and how. */
export interface Gate {
  metric: string;
  /** `min`: the lower the better, and the threshold is the highest that passes. */
  direction: "min" | "max";
  threshold: number;
}

export interface CheckMetricArgs extends Flow {
  /** Undefined lets every model that finished training pass; the record says so. */
  gate: Gate | undefined;
}

/**
 * Whether the trained model may serve: by the metric that training reported at its end, without a function.
 *
 * A job that was stopped kept what it had: that is no finished model, whatever its metric.
 */
export function checkMetric(args: CheckMetricArgs): States {
  const { gate } = args;
  return {
    "Check Metric": {
      Type: "Choice",
      Choices: [
        stoppedTraining(args.onFailure),
        ...(gate === undefined
          ? []
          : [missingMetric(gate, args.onFailure), rejectedModel(gate, args.onFailure)]),
      ],
      Assign: { gate: gateRecord(gate, true) },
      Default: args.next,
    },
  };
}

function stoppedTraining(next: string) {
  return {
    Condition: expression("$not($training.status = 'Completed')"),
    Assign: {
      failure: {
        name: "TrainingStopped",
        cause: expression(
          "'training job ' & $training.jobName & ' ended as ' & $training.status & ', not Completed' & " +
            "($exists($training.reason) ? ': ' & $training.reason : '')",
        ),
      },
    },
    Next: next,
  };
}

function missingMetric(gate: Gate, next: string) {
  return {
    // $not(… = …), because != is false, not true, where a side is undefined
    Condition: expression(`$not($type(${metricValue(gate)}) = 'number')`),
    Assign: {
      failure: {
        name: "MetricMissing",
        cause: expression(
          `${literal(`training reported no ${gate.metric}; it reported: `)} & ` +
            "($count($keys($training.metrics)) > 0 ? $join($keys($training.metrics), ', ') : 'no metric at all')",
        ),
      },
      gate: { ...ruleOf(gate), value: null, accepted: false },
    },
    Next: next,
  };
}

function rejectedModel(gate: Gate, next: string) {
  const value = metricValue(gate);
  const threshold = literal(gate.threshold);
  const [isWorse, side, by] =
    gate.direction === "min"
      ? [`${value} > ${threshold}`, "above", `${value} - ${threshold}`]
      : [`${value} < ${threshold}`, "below", `${threshold} - ${value}`];
  return {
    Condition: expression(isWorse),
    Assign: {
      failure: {
        name: "ModelRejected",
        cause: expression(
          `${literal(`${gate.metric} is `)} & $string(${value}) & ${literal(`, ${side} the threshold ${gate.threshold} by `)} & ` +
            `$string(${by}) & ': the endpoint stays as it was'`,
        ),
      },
      gate: gateRecord(gate, false),
    },
    Next: next,
  };
}

function gateRecord(gate: Gate | undefined, accepted: boolean) {
  if (gate === undefined) {
    return {
      enabled: false,
      metric: null,
      direction: null,
      threshold: null,
      value: null,
      accepted: true,
    };
  }
  return { ...ruleOf(gate), value: expression(metricValue(gate)), accepted };
}

function ruleOf(gate: Gate) {
  return {
    enabled: true,
    metric: gate.metric,
    direction: gate.direction,
    threshold: gate.threshold,
  };
}

function metricValue(gate: Gate): string {
  return `$lookup($training.metrics, ${literal(gate.metric)})`;
}
