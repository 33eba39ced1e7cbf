import type { Algorithm } from "../components/algorithms/algorithm.ts";
import type { AlgorithmName } from "../components/algorithms/index.ts";
import { nearestName } from "../components/nearest-name.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import type { Report } from "./config-report.ts";

/** The keys of `algorithm` that say which version. */
export interface WrittenVersion {
  version?: string | undefined;
  uncheckedVersion?: string | undefined;
}

interface Named {
  name: AlgorithmName;
  algorithm: Algorithm;
}

/** The version that config means, the default one where it names none. */
export function readAlgorithmVersion(
  named: Named,
  written: WrittenVersion,
  path: string,
  report: Report,
): AlgorithmChoice {
  if (written.uncheckedVersion !== undefined) return readUnchecked(named, written, path, report);
  const { name, algorithm } = named;
  const version = written.version ?? algorithm.defaultVersion;
  if (versionsOf(algorithm).includes(version)) {
    return { config: { name, version }, catalogued: { algorithm, version }, isUnchecked: false };
  }
  const wrong = unknownVersion(algorithm, version);
  report.problems.push({ path: `${path}.version`, received: version, ...wrong });
  return guess(algorithm);
}

/** A container newer than the catalogue. */
function readUnchecked(
  { name, algorithm }: Named,
  { version, uncheckedVersion = "" }: WrittenVersion,
  path: string,
  { problems, warnings }: Report,
): AlgorithmChoice {
  const versions = versionsOf(algorithm);
  const refuse = (rule: string, remedy: string) => {
    problems.push({
      path: `${path}.uncheckedVersion`,
      received: uncheckedVersion,
      rule,
      remedy,
    });
    return guess(algorithm);
  };
  if (version !== undefined) {
    return refuse("either version or uncheckedVersion", "remove one of the two");
  }
  if (versions.includes(uncheckedVersion)) {
    return refuse(
      "for versions that the catalogue does not know; it knows this one",
      `write version: "${uncheckedVersion}" instead`,
    );
  }
  const newest = versions.at(-1) ?? algorithm.defaultVersion;
  const message =
    `the catalogue does not know ${algorithm.title} ${uncheckedVersion}: whether there is such an image shows at preview, and ` +
    `everything is checked as for ${newest}; what is new since belongs below training.uncheckedHyperparameters`;
  warnings.push({ path: `${path}.uncheckedVersion`, message });
  return {
    config: { name, uncheckedVersion },
    catalogued: { algorithm, version: newest },
    isUnchecked: true,
  };
}

function unknownVersion(algorithm: Algorithm, version: string) {
  const { title, defaultVersion } = algorithm;
  const versions = versionsOf(algorithm);
  const own = versions.findLast((known) => known.startsWith(`${version}-`)); // 1.7 is XGBoost's own number for 1.7-1
  const meant = own ?? nearestName(version, versions) ?? defaultVersion;
  const otherwise = meant === defaultVersion ? "" : ` for ${defaultVersion}`;
  const newer = own === undefined ? "; one newer than these goes under uncheckedVersion" : "";
  return {
    rule: `a version of ${title}: ${versions.join(", ")}`,
    remedy: `write ${meant}, or leave it out${otherwise}${newer}`,
  };
}

function versionsOf({ versions }: Algorithm): string[] {
  return versions.map(({ name }) => name);
}

// What else is wrong is rarely a matter of version: one report tells it now.
function guess(algorithm: Algorithm): AlgorithmChoice {
  return {
    config: undefined,
    catalogued: { algorithm, version: algorithm.defaultVersion },
    isUnchecked: false,
  };
}
