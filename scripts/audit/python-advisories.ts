import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { interpreter, requirementsDir } from "../../local/setup/python-environments.mjs";
import type { Findings } from "./findings.ts";

/** What PyPI knows against the packages of a lock, looked up by pip-audit without installing anything. */
export async function auditPython(lock: string): Promise<Findings> {
  const args = ["-m", "pip_audit", "--requirement", join(requirementsDir, lock)];
  const how = [
    "--require-hashes",
    "--disable-pip",
    "--format",
    "json",
    "--progress-spinner",
    "off",
  ];
  const python = await interpreter("audit");
  const output = await promisify(execFile)(python, [...args, ...how]).catch(
    // It ends with 1 when it found something, and when it could not look.
    (error: Error & { stdout?: string; stderr?: string }) => ({
      stdout: error.stdout ?? "",
      stderr: error.stderr ?? error.message,
    }),
  );
  return readPipAudit(lock, output);
}

interface PipAudit {
  dependencies: {
    name: string;
    skip_reason?: string;
    vulns?: { id: string; description: string }[];
  }[];
}

/** @param output of `pip-audit --format json`; a package that its service does not know is skipped, which counts as unchecked */
export function readPipAudit(
  lock: string,
  { stdout, stderr }: { stdout: string; stderr: string },
): Findings {
  let report: PipAudit;
  try {
    report = JSON.parse(stdout) as PipAudit;
  } catch {
    const last = stderr.trim().split("\n").at(-1) ?? "";
    return { lock, advisories: [], unchecked: `pip-audit said: ${last.slice(0, 300)}` };
  }
  const { dependencies } = report;
  const skipped = dependencies.filter(({ skip_reason }) => skip_reason !== undefined);
  const advisories = dependencies.flatMap(({ name, vulns = [] }) =>
    vulns.map(({ id, description }) => ({
      package: name,
      id,
      title: (description.split("\n")[0] ?? "").slice(0, 120),
    })),
  );
  const names = skipped.map(({ name }) => name).join(", ");
  const unchecked = `${skipped.length} of ${dependencies.length} packages could not be looked up: ${names}`;
  return { lock, advisories, ...(skipped.length > 0 && { unchecked }) };
}
