/** Of the CLI; older engines have not been tried with the program. */
export const oldestVersion = "3.230.0";

/** Whether `version`, as `pulumi version` prints it, is at least {@link oldestVersion}. */
export function isNewEnough(version: string): boolean {
  const [found, wanted] = [numbers(version), numbers(oldestVersion)];
  for (const [index, number] of wanted.entries()) {
    const difference = (found[index] ?? -1) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function numbers(version: string): number[] {
  return /^v?(\d+)\.(\d+)\.(\d+)/.exec(version.trim())?.slice(1).map(Number) ?? [];
}
