import { spawnSync } from "node:child_process";
import { projectRoot } from "../../local/setup/node-packages.mjs";
import type { Advisory, Findings } from "./findings.ts";

const lock = "package-lock.json";

/** What npm's registry knows against the packages of package-lock.json, those for development included. */
export function auditNpm(): Findings {
  const { stdout, error } = spawnSync("npm", ["audit", "--json"], {
    cwd: projectRoot,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) return { lock, advisories: [], unchecked: `npm did not start: ${error.message}` };
  return readNpmAudit(stdout);
}

interface NpmAudit {
  vulnerabilities?: Record<string, { via: (string | { url: string; title: string })[] }>;
  message?: string;
}

/** @param output of `npm audit --json`: the report, or what kept npm from making one */
export function readNpmAudit(output: string): Findings {
  const { vulnerabilities, message } = parse(output);
  if (vulnerabilities === undefined) {
    return { lock, advisories: [], unchecked: message ?? `npm said: ${output.slice(0, 200)}` };
  }
  const advisories = Object.entries(vulnerabilities).flatMap(([name, { via }]) =>
    // A text names the package that brings the weakness in: it has an entry of its own.
    via.flatMap((cause): Advisory[] =>
      typeof cause === "string"
        ? []
        : [{ package: name, id: cause.url.split("/").at(-1) ?? cause.url, title: cause.title }],
    ),
  );
  return { lock, advisories };
}

function parse(output: string): NpmAudit {
  try {
    return JSON.parse(output) as NpmAudit;
  } catch {
    return {};
  }
}
