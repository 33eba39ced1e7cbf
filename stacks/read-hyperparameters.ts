import type { Algorithm, InputMode } from "../components/algorithms/algorithm.ts";
import {
  checkHyperparameters,
  checkUnknownHyperparameters,
} from "../components/algorithms/check-hyperparameters.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import type { Problem } from "./config-error.ts";
import type { Report } from "./config-report.ts";
import type { Emitted } from "./example-metric.ts";
import { isMapping } from "./section.ts";

type Values = Readonly<Record<string, unknown>>;

interface ReadHyperparameters extends Emitted {
  /** As they go to the container, those that nobody checks among them. */
  hyperparameters: Record<string, string>;
}

const nothing = { hyperparameters: {}, run: undefined, mayEmitOthers: false };

/**
 * `training.hyperparameters`, checked, and `training.uncheckedHyperparameters`, passed on as they are.
 *
 * The latter count in the rules between hyperparameters as far as the catalogue knows their names: an objective that is
 * not checked is there all the same.
 *
 * @param path of the section `training`
 */
export function readHyperparameters(
  { config, catalogued, isUnchecked }: AlgorithmChoice,
  raw: { hyperparameters?: unknown; uncheckedHyperparameters?: unknown },
  data: { contentType: string; inputMode?: InputMode },
  path: string,
  { problems, warnings }: Report,
): ReadHyperparameters {
  const checkedPath = `${path}.hyperparameters`;
  const uncheckedPath = `${path}.uncheckedHyperparameters`;
  const given = readMapping(raw.hyperparameters, checkedPath, problems);
  const unchecked = readMapping(raw.uncheckedHyperparameters, uncheckedPath, problems);
  if (given === undefined || unchecked === undefined) return nothing;
  if (catalogued === undefined && config === undefined) return nothing; // which ones hold is not known

  const passedOn = checkUnknownHyperparameters(unchecked);
  reportAt(uncheckedPath, passedOn.problems, problems);
  for (const [name, twin] of twinsOf(catalogued?.algorithm, given, unchecked)) {
    problems.push({
      path: `${uncheckedPath}.${name}`,
      received: unchecked[name],
      rule: `given below training.hyperparameters too, as ${twin}`,
      remedy: "remove one of the two",
    });
  }
  if (catalogued === undefined) {
    const checked = checkUnknownHyperparameters({ ...unchecked, ...given });
    const own = checked.problems.filter(({ hyperparameter: name }) => !isIn(unchecked, name));
    reportAt(checkedPath, own, problems);
    return { hyperparameters: checked.hyperparameters, run: undefined, mayEmitOthers: true };
  }

  const { algorithm, version } = catalogued;
  const known = Object.entries(unchecked).filter(([name]) => canonicalName(algorithm, name));
  const all = { ...given, ...Object.fromEntries(known) };
  const checked = checkHyperparameters(algorithm, version, all, data);
  const own = checked.problems.filter(({ hyperparameter: name }) => !isIn(unchecked, name));
  reportAt(checkedPath, own, problems);
  const names = Object.keys(unchecked);
  if (names.length > 0) {
    const message = `${names.join(", ")}: passed on unchecked; the container may refuse what it does not know`;
    warnings.push({ path: uncheckedPath, message });
  }
  const hyperparameters = { ...checked.hyperparameters };
  for (const [name] of known) delete hyperparameters[canonicalName(algorithm, name) ?? name];
  Object.assign(hyperparameters, passedOn.hyperparameters);
  reportCount(hyperparameters, own, checkedPath, problems);

  const follows = (name: string) => algorithm.metricsFollow.includes(name);
  const isOpen = own.some(({ about }) => follows(about));
  const isFree = names.some((name) => follows(canonicalName(algorithm, name) ?? name));
  return {
    hyperparameters,
    run: isOpen || isFree ? undefined : { ...catalogued, hyperparameters, ...data },
    mayEmitOthers: isFree || isUnchecked,
  };
}

function readMapping(raw: unknown, path: string, problems: Problem[]): Values | undefined {
  const given = raw ?? {};
  if (isMapping(given)) return given;
  const rule = "a mapping of names to values";
  problems.push({ path, received: raw, rule, remedy: "write name: value below it" });
  return undefined;
}

type Checked = ReturnType<typeof checkUnknownHyperparameters>["problems"];

function reportAt(path: string, found: Checked, problems: Problem[]) {
  for (const { hyperparameter, received, rule, remedy } of found) {
    const place = hyperparameter === "" ? path : `${path}.${hyperparameter}`;
    problems.push({ path: place, received, rule, remedy });
  }
}

/** SageMaker counts both kinds together. */
function reportCount(all: Values, own: Checked, path: string, problems: Problem[]) {
  const isReported = own.some(({ hyperparameter }) => hyperparameter === "");
  if (isReported) return;
  const { problems: found } = checkUnknownHyperparameters(all);
  reportAt(
    path,
    found.filter(({ hyperparameter }) => hyperparameter === ""),
    problems,
  );
}

/** Names of `unchecked` that mean what `given` has, with the name there. */
function twinsOf(algorithm: Algorithm | undefined, given: Values, unchecked: Values) {
  const nameOf = (written: string) => (algorithm && canonicalName(algorithm, written)) ?? written;
  const writtenAs = new Map(Object.keys(given).map((written) => [nameOf(written), written]));
  return Object.keys(unchecked).flatMap((written) => {
    const twin = writtenAs.get(nameOf(written));
    return twin === undefined ? [] : [[written, twin] as const];
  });
}

/** The container's own name for what config wrote, `undefined` for what the catalogue does not know. */
export function canonicalName({ hyperparameters }: Algorithm, written: string): string | undefined {
  if (Object.hasOwn(hyperparameters, written)) return written;
  return Object.keys(hyperparameters).find((name) =>
    hyperparameters[name]?.aliases?.includes(written),
  );
}

function isIn(values: Values, name: string): boolean {
  return Object.hasOwn(values, name);
}
