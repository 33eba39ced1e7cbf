/** A published weakness of a package that is installed. */
export interface Advisory {
  package: string;
  /** As its publisher spells it: GHSA-..., CVE-..., PYSEC-... */
  id: string;
  title: string;
}

/** What an audit of one lockfile came to. */
export interface Findings {
  /** "package-lock.json", "cloud.txt", ... */
  lock: string;
  advisories: Advisory[];
  /** Why some or all packages could not be looked up: undefined where all were. Such an audit says nothing, good or bad. */
  unchecked?: string;
}

/**
 * Advisories that were looked at and do not concern this project, by id, with the reason. What is not here fails the audit.
 */
export const explained: Readonly<Record<string, string>> = {};
