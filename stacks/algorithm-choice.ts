import type { Algorithm } from "../components/algorithms/algorithm.ts";
import { algorithms, isAlgorithmName } from "../components/algorithms/index.ts";
import { nearestName } from "../components/nearest-name.ts";
import type { PipelineConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";
import { algorithmSection } from "./pipeline-sections.ts";
import { readSection } from "./section.ts";

/** What a pipeline trains with, as far as config tells; `undefined` parts are wrong, and reported. */
export interface AlgorithmChoice {
  config: PipelineConfig["algorithm"] | undefined;
  /** Absent for an image: nothing is known of it. */
  catalogued: { algorithm: Algorithm; version: string } | undefined;
}

const nothing: AlgorithmChoice = { config: undefined, catalogued: undefined };

export function readAlgorithm(raw: unknown, path: string, problems: Problem[]): AlgorithmChoice {
  const known = Object.keys(algorithms);
  const example = "algorithm: { name: xgboost }";
  if (raw === undefined || raw === null) {
    const rule = "required: what the pipeline trains with";
    problems.push({ path, received: raw, rule, remedy: `add ${example}` });
    return nothing;
  }
  const before = problems.length;
  const { name, version, image } = readSection(algorithmSection, raw, path, problems);
  if (problems.length > before && name === undefined) return nothing;
  if ((name === undefined) === (image === undefined)) {
    const rule = "either name or image";
    problems.push({
      path,
      received: raw,
      rule,
      remedy: `write one of the two, such as ${example}`,
    });
    return nothing;
  }
  if (name === undefined)
    return image === undefined ? nothing : readImage(image, version, path, problems);
  const nearest = nearestName(name, known) ?? "";
  if (!isAlgorithmName(name)) {
    const rule = `a built-in algorithm of the catalogue: ${known.join(", ")}`;
    const remedy = `write ${nearest || "one of these, or give the full path of an image instead"}`;
    problems.push({ path: `${path}.name`, received: name, rule, remedy });
    return isAlgorithmName(nearest) ? guess(algorithms[nearest]) : nothing;
  }
  const algorithm = algorithms[name];
  const { defaultVersion } = algorithm;
  const versions = algorithm.versions.map((one) => one.name);
  if (version !== undefined && !versions.includes(version)) {
    const rule = `a version of ${algorithm.title}: ${versions.join(", ")}`;
    const meant =
      versions.findLast((known) => known.startsWith(`${version}-`)) ?? // 1.7 is XGBoost's own number for 1.7-1
      nearestName(version, versions) ??
      defaultVersion;
    const remedy = `write ${meant}, or leave it out${meant === defaultVersion ? "" : ` for ${defaultVersion}`}`;
    problems.push({ path: `${path}.version`, received: version, rule, remedy });
    return guess(algorithm);
  }
  const chosen = version ?? defaultVersion;
  return { config: { name, version: chosen }, catalogued: { algorithm, version: chosen } };
}

// What else is wrong is rarely a matter of version: one report tells it now.
function guess(algorithm: Algorithm): AlgorithmChoice {
  return { config: undefined, catalogued: { algorithm, version: algorithm.defaultVersion } };
}

function readImage(
  image: string,
  version: string | undefined,
  path: string,
  problems: Problem[],
): AlgorithmChoice {
  if (version !== undefined) {
    const rule = "an image carries its version in its tag";
    problems.push({ path: `${path}.version`, received: version, rule, remedy: "remove version" });
  }
  return { config: { image }, catalogued: undefined };
}
