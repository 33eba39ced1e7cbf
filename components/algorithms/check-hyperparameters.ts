import { nearestName } from "../nearest-name.ts";
import { type Algorithm, type Finding, isInVersions, type TrainingRun } from "./algorithm.ts";
import { checkValue } from "./check-value.ts";
import type { HyperparameterSpec } from "./hyperparameter-spec.ts";
import { spelledValue } from "./spelled-value.ts";
import { wireValue } from "./wire-value.ts";

/** SageMaker's own limits on a training job, whatever the algorithm. */
const maxCount = 100;
const maxNameLength = 256;
const maxValueLength = 2500;

/** A finding, with what was written under the name; nothing was where `received` is undefined. */
interface HyperparameterProblem extends Finding {
  received: unknown;
  /** The container's own name for it, where config wrote another. */
  about: string;
}

interface CheckedHyperparameters {
  /** As they go to the container: strings, under its own names. To be used only when `problems` is empty. */
  hyperparameters: Record<string, string>;
  problems: HyperparameterProblem[];
}

/**
 * Turns hyperparameters of config into those of the container, and finds everything that it would refuse.
 *
 * Rules between hyperparameters are asked even when one of them is wrong by itself, so that one report tells all. A
 * misspelt name counts there as the one it is nearest to: `objetive` is no missing objective.
 *
 * @param data how they reach the container, for the rules that go by it
 */
export function checkHyperparameters(
  algorithm: Algorithm,
  version: string,
  given: Readonly<Record<string, unknown>>,
  data: Pick<TrainingRun, "contentType" | "inputMode"> = {},
): CheckedHyperparameters {
  const hyperparameters: Record<string, string> = {};
  const problems = new Map<string, HyperparameterProblem>();
  const writtenAs = new Map<string, string>();

  const entries = Object.entries(given).map(([written, received]) => ({
    written,
    received,
    ...meant(algorithm, version, written),
  }));
  // Right names first: a misspelt one stands for its nearest only where that is not given.
  for (const { written, received, name, slip } of entries.sort(bySlip)) {
    const twin = writtenAs.get(name);
    const value = spelledValue(algorithm.hyperparameters[name], received);
    const wrong =
      slip ??
      (twin === undefined ? undefined : sameAs(twin)) ??
      checkForm(received) ??
      checkSpec(algorithm, version, name, value);
    if (wrong !== undefined)
      problems.set(written, { hyperparameter: written, about: name, received, ...wrong });
    if (twin !== undefined) continue;
    writtenAs.set(name, written);
    if (value !== undefined) hyperparameters[name] = value;
  }

  for (const [name, spec] of Object.entries(algorithm.hyperparameters)) {
    if (!spec.required || writtenAs.has(name)) continue;
    const wrong = missing(algorithm, spec, name);
    problems.set(name, { hyperparameter: name, about: name, received: undefined, ...wrong });
  }
  for (const rule of algorithm.rules) {
    const finding = rule({ algorithm, version, hyperparameters, ...data });
    if (finding === undefined) continue;
    const written = writtenAs.get(finding.hyperparameter) ?? finding.hyperparameter;
    if (problems.has(written)) continue;
    const about = finding.hyperparameter;
    problems.set(written, { ...finding, hyperparameter: written, about, received: given[written] });
  }
  return { hyperparameters, problems: [...problems.values(), ...checkCount(given)] };
}

/** For an image of the user's own: nothing is known of it but what SageMaker itself takes. */
export function checkUnknownHyperparameters(
  given: Readonly<Record<string, unknown>>,
): CheckedHyperparameters {
  const hyperparameters: Record<string, string> = {};
  const problems: HyperparameterProblem[] = [];
  for (const [name, received] of Object.entries(given)) {
    const wrong = checkUnknownName(name) ?? checkForm(received);
    if (wrong !== undefined)
      problems.push({ hyperparameter: name, about: name, received, ...wrong });
    const value = wireValue(received);
    if (value !== undefined) hyperparameters[name] = value;
  }
  return { hyperparameters, problems: [...problems, ...checkCount(given)] };
}

type Wrong = Omit<Finding, "hyperparameter">;

function checkUnknownName(name: string): Wrong | undefined {
  if (name.length > maxNameLength) return longName;
  if (name !== "__proto__") return undefined;
  // an object of JavaScript loses a text under it
  return { rule: "a name other than __proto__, which cannot be passed on", remedy: "remove it" };
}

function bySlip(a: { slip: Wrong | undefined }, b: { slip: Wrong | undefined }): number {
  return Number(a.slip !== undefined) - Number(b.slip !== undefined);
}

/** The container's own name for what config wrote, and what is wrong where that is a guess. */
function meant(
  algorithm: Algorithm,
  version: string,
  written: string,
): { name: string; slip: Wrong | undefined } {
  const specs = Object.entries(algorithm.hyperparameters);
  const found = specs.find(([name, spec]) => name === written || spec.aliases?.includes(written));
  if (found !== undefined) {
    return { name: found[0], slip: checkVersion(algorithm, version, found[1]) };
  }
  const known = specs
    .filter(([, spec]) => isInVersions(algorithm, version, spec))
    .flatMap(([name, spec]) => [name, ...(spec.aliases ?? [])]);
  const nearest = nearestName(written, known);
  const own = specs.find(
    ([name, spec]) => name === nearest || spec.aliases?.includes(nearest ?? ""),
  );
  return {
    name: own?.[0] ?? written,
    slip: {
      rule: `not a hyperparameter of ${algorithm.title} ${version}; the container refuses unknown ones`,
      remedy:
        nearest === undefined
          ? `remove it, or write one of ${known.join(", ")}`
          : `write ${nearest}`,
    },
  };
}

function checkVersion(algorithm: Algorithm, version: string, spec: HyperparameterSpec) {
  if (isInVersions(algorithm, version, spec)) return undefined;
  const { since, until } = spec;
  const range =
    since === undefined
      ? `up to ${until}`
      : `from ${since}${until === undefined ? " on" : ` to ${until}`}`;
  return {
    rule: `taken by versions ${range} of ${algorithm.title}, not by ${version}`,
    remedy: "remove it",
  };
}

function checkSpec(algorithm: Algorithm, version: string, name: string, value: string | undefined) {
  const spec = algorithm.hyperparameters[name];
  if (spec === undefined || value === undefined) return undefined;
  return checkValue(algorithm, version, spec, value);
}

const longName = {
  rule: `a name of at most ${maxNameLength} characters`,
  remedy: "shorten the name",
};

function checkForm(received: unknown): Wrong | undefined {
  const value = wireValue(received);
  if (value === undefined) {
    return { rule: "a number, a boolean, a text or a list of them", remedy: "write one of these" };
  }
  if (value.length <= maxValueLength) return undefined;
  return {
    rule: `at most ${maxValueLength} characters: SageMaker takes no more`,
    remedy: `shorten it by ${value.length - maxValueLength}`,
  };
}

function missing(algorithm: Algorithm, spec: HyperparameterSpec, name: string): Wrong {
  return {
    rule: `required by ${algorithm.title}: ${spec.description}`,
    remedy: `add it, such as ${name}: ${algorithm.example.hyperparameters[name] ?? exampleOf(spec)}`,
  };
}

function exampleOf(spec: HyperparameterSpec): string | number {
  if (spec.default !== undefined) return spec.default;
  switch (spec.type) {
    case "integer":
    case "float":
      return Math.max(spec.min ?? 0, Math.min(100, spec.max ?? 100));
    case "categorical":
    case "list":
      return spec.values[0] ?? "";
    case "json list":
      return spec.items.type === "categorical" ? JSON.stringify(spec.items.values) : "[1]";
    case "text":
      return spec.format;
  }
}

function sameAs(other: string): Wrong {
  return { rule: `another name for ${other}, which is given too`, remedy: "remove one of the two" };
}

function checkCount(given: Readonly<Record<string, unknown>>): HyperparameterProblem[] {
  const received = Object.keys(given).length;
  if (received <= maxCount) return [];
  const rule = `at most ${maxCount} hyperparameters: SageMaker takes no more`;
  return [
    { hyperparameter: "", about: "", received, rule, remedy: `remove ${received - maxCount}` },
  ];
}
