import type {
  CategoricalParameterRange,
  ContinuousParameterRange,
  ParameterRanges,
} from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";

export type Scaling = "Linear" | "Logarithmic" | "ReverseLogarithmic";

export type Parameter =
  | {
      kind: "integer" | "continuous";
      name: string;
      min: number;
      max: number;
      scaling: Scaling;
    }
  | { kind: "categorical"; name: string; values: string[] };

/** `Auto` is logarithmic from this ratio of a range's ends on; what SageMaker does is not told. */
const AUTO_LOGARITHMIC_RATIO = 100;

/** SageMaker's limit for the parameters of a tuning job. */
const MAX_PARAMETERS = 30;

/**
 * The hyperparameters that a tuning job searches.
 * @throws AwsError
 */
export function readParameterRanges(ranges: ParameterRanges | undefined): Parameter[] {
  const parameters: Parameter[] = [
    ...(ranges?.IntegerParameterRanges ?? []).map((range) => numeric("integer", range)),
    ...(ranges?.ContinuousParameterRanges ?? []).map((range) => numeric("continuous", range)),
    ...(ranges?.CategoricalParameterRanges ?? []).map(categorical),
  ];
  const names = parameters.map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw invalid(`The ranges must be of different hyperparameters: ${names.join(", ")}`);
  }
  if (names.length === 0 || names.length > MAX_PARAMETERS) {
    throw invalid(`ParameterRanges must have 1 to ${MAX_PARAMETERS} ranges, not ${names.length}`);
  }
  return parameters;
}

function categorical({ Name: name, Values: values }: CategoricalParameterRange): Parameter {
  return { kind: "categorical", name: name as string, values: [...new Set(values)] };
}

function numeric(kind: "integer" | "continuous", range: ContinuousParameterRange): Parameter {
  const name = range.Name as string;
  const [min, max] = [numberOf(range.MinValue, kind, name), numberOf(range.MaxValue, kind, name)];
  if (min > max) throw invalid(`${name}: MinValue ${min} is above MaxValue ${max}`);
  const auto = min > 0 && max / min >= AUTO_LOGARITHMIC_RATIO ? "Logarithmic" : "Linear";
  const asked = range.ScalingType ?? "Auto";
  const scaling = asked === "Auto" ? auto : (asked as Scaling);
  if (scaling === "Logarithmic" && min <= 0) {
    throw invalid(`${name}: Logarithmic scaling needs values above 0; MinValue is ${min}`);
  }
  if (scaling === "ReverseLogarithmic" && (kind === "integer" || min < 0 || max >= 1)) {
    throw invalid(
      `${name}: ReverseLogarithmic scaling needs a continuous range within 0 <= x < 1; it is ${kind} from ${min} to ${max}`,
    );
  }
  return { kind, name, min, max, scaling };
}

function numberOf(text: string | undefined, kind: string, name: string): number {
  const value = text?.trim() ? Number(text) : Number.NaN;
  if (Number.isFinite(value) && (kind === "continuous" || Number.isInteger(value))) return value;
  throw invalid(`${name}: "${text}" is no ${kind === "integer" ? "integer" : "number"}`);
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
