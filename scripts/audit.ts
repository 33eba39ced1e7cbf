// npm run audit: licences and known weaknesses of everything that is installed.
import { readdirSync } from "node:fs";
import colors from "picocolors";
import { requirementsDir } from "../local/setup/python-environments.mjs";
import { explained, type Findings } from "./audit/findings.ts";
import { type LicensedPackage, npmLicences, permission, pythonLicences } from "./audit/licences.ts";
import { auditNpm } from "./audit/npm-advisories.ts";
import { auditPython } from "./audit/python-advisories.ts";
import { runCommand } from "./command-line.ts";

/** Exit codes; the worst counts. */
const clean = 0;
const found = 1;
const notLookedUp = 2;

const environments = ["cloud", "spark", "xgboost", "learners"] as const;

const usage = `npm run audit

Licences and known weaknesses of everything that is installed. Exit code: 0 clean, 1 something found, 2 not all could be looked up.`;

await runCommand(usage, [], async () => {
  const packages = [
    ...npmLicences(),
    ...(await Promise.all(environments.map(pythonLicences))).flat(),
  ];
  const locks = readdirSync(requirementsDir).filter((name) => name.endsWith(".txt"));
  const findings = [auditNpm(), ...(await Promise.all(locks.map(auditPython)))];
  process.exitCode = Math.max(showLicences(packages), ...findings.map(showFindings));
});

function showLicences(all: LicensedPackage[]): number {
  const unclear = all.filter((item) => permission(item) === undefined);
  console.log(colors.bold(`\nLicences of ${all.length} packages`));
  const byLicence = Map.groupBy(
    all,
    (item) => permission(item) ?? `${item.licence}: not known to be permitted`,
  );
  for (const [licence, items] of [...byLicence].sort(([, a], [, b]) => b.length - a.length)) {
    const names = items.length > 3 ? "" : `  ${items.map(({ name }) => name).join(", ")}`;
    console.log(`  ${String(items.length).padStart(4)}  ${licence}${names}`);
  }
  return unclear.length > 0 ? found : clean;
}

function showFindings({ lock, advisories, unchecked }: Findings): number {
  const open = advisories.filter(({ id }) => explained[id] === undefined);
  console.log(`\n${colors.bold(lock)}`);
  for (const { package: name, id, title } of advisories) {
    console.log(`  ${name} ${id}: ${title}\n    ${explained[id] ?? "not explained"}`);
  }
  if (unchecked !== undefined) console.log(`  ${colors.yellow("NOT CHECKED")}  ${unchecked}`);
  else if (advisories.length === 0) console.log(`  ${colors.green("no advisory")}`);
  if (open.length > 0) return found;
  return unchecked === undefined ? clean : notLookedUp;
}
