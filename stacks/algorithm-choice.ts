import type { Algorithm } from "../components/algorithms/algorithm.ts";
import { algorithms, isAlgorithmName } from "../components/algorithms/index.ts";
import { nearestName } from "../components/nearest-name.ts";
import { checkRegion } from "./check-region.ts";
import type { AlgorithmConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";
import type { Report } from "./config-report.ts";
import { jumpStartTitle } from "./jumpstart-models.ts";
import { algorithmSection } from "./pipeline-sections.ts";
import { readAlgorithmVersion, type WrittenVersion } from "./read-algorithm-version.ts";
import { checkContainer } from "./read-container.ts";
import { readSection } from "./section.ts";

/** What a pipeline trains with, as far as config tells; `undefined` parts are wrong, and reported. */
export interface AlgorithmChoice {
  config: AlgorithmConfig | undefined;
  /** What it is checked as. Absent for an image: nothing is known of it. */
  catalogued: { algorithm: Algorithm; version: string } | undefined;
  /** Whether it is a version that the catalogue does not know, checked as the newest that it knows. */
  isUnchecked: boolean;
}

const nothing: AlgorithmChoice = { config: undefined, catalogued: undefined, isUnchecked: false };
const example = "algorithm: { name: xgboost }";

interface Surroundings {
  /** `undefined` while `aws:region` is wrong. */
  region: string | undefined;
  projectRoot: string;
}

export function readAlgorithm(
  { region, projectRoot }: Surroundings,
  raw: unknown,
  path: string,
  report: Report,
): AlgorithmChoice {
  const { problems } = report;
  if (raw === undefined || raw === null) {
    const rule = "required: what the pipeline trains with";
    problems.push({ path, received: raw, rule, remedy: `add ${example}` });
    return nothing;
  }
  const before = problems.length;
  const { name, image, container, ...versions } = readSection(
    algorithmSection,
    raw,
    path,
    problems,
  );
  if (problems.length > before && name === undefined) return nothing;
  if ([name, image, container].filter((one) => one !== undefined).length !== 1) {
    const rule = "one of name, image and container";
    const remedy = `write one of the three, such as ${example}`;
    problems.push({ path, received: raw, rule, remedy });
    return nothing;
  }
  if (name !== undefined) return readName(region, name, versions, path, report);
  refuseVersions(versions, path, problems);
  if (image !== undefined) return readImage(image, path, report);
  const folder = container?.replace(/^\.\/|\/+$/g, "") ?? "";
  const isBuildable = checkContainer(projectRoot, folder, `${path}.container`, report);
  return isBuildable ? { ...nothing, config: { container: folder } } : nothing;
}

function readName(
  region: string | undefined,
  name: string,
  versions: WrittenVersion,
  path: string,
  report: Report,
): AlgorithmChoice {
  if (!isAlgorithmName(name)) return refuseName(name, path, report);
  const algorithm = algorithms[name];
  const choice = readAlgorithmVersion({ name, algorithm }, versions, path, report);
  const wrong = region === undefined ? undefined : checkRegion(choice, region);
  if (wrong !== undefined) {
    report.problems.push({ path: `${path}.name`, received: name, ...wrong });
  }
  return choice;
}

function refuseName(received: string, path: string, { problems }: Report): AlgorithmChoice {
  const known = Object.keys(algorithms);
  const jumpStart = jumpStartTitle(received);
  if (jumpStart !== undefined) {
    const rule = `${jumpStart} is a JumpStart model: a script and a package of weights beside a general image, which no name here can deploy`;
    const remedy = `write one of ${known.join(", ")}, or give an image of your own that holds both`;
    problems.push({ path: `${path}.name`, received, rule, remedy });
    return nothing;
  }
  const nearest = nearestName(received, known) ?? "";
  const rule = `a built-in algorithm of the catalogue: ${known.join(", ")}`;
  const remedy = `write ${nearest || "one of these, or give the full path of an image instead"}`;
  problems.push({ path: `${path}.name`, received, rule, remedy });
  if (!isAlgorithmName(nearest)) return nothing;
  // What else is wrong is rarely a matter of version: one report tells it now.
  const algorithm = algorithms[nearest];
  return { ...nothing, catalogued: { algorithm, version: algorithm.defaultVersion } };
}

function refuseVersions(versions: WrittenVersion, path: string, problems: Problem[]) {
  for (const key of ["version", "uncheckedVersion"] as const) {
    const received = versions[key];
    if (received === undefined) continue;
    const rule = "an image carries its version in its tag";
    problems.push({ path: `${path}.${key}`, received, rule, remedy: `remove ${key}` });
  }
}

function readImage(image: string, path: string, { warnings }: Report): AlgorithmChoice {
  const message =
    "nothing is known of an image of your own: hyperparameters, content type, input mode, channels, metrics and instances are not checked";
  warnings.push({ path: `${path}.image`, message });
  return { ...nothing, config: { image } };
}
