import { ConfigError } from "./config-error.ts";

/**
 * What the program is configured with ends in plain text in job definitions, logs and reports: no setting of it can be a secret.
 *
 * @param secrets settings that were marked as secrets, `project:key`
 * @throws ConfigError before anything else is looked at: a mistake is told with what stands there
 */
export function refuseSecrets(stack: string, secrets: readonly string[]) {
  const problems = secrets
    .filter((path) => path.startsWith("retraining:"))
    .map((path) => ({
      path,
      received: "a secret",
      rule: "no secret: its values end in plain text in job definitions, logs and reports",
      remedy:
        "set it without --secret; let the script that needs a secret read it from Secrets Manager",
    }));
  if (problems.length > 0) throw new ConfigError(stack, problems);
}
