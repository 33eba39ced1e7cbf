import { nearestName } from "../components/nearest-name.ts";
import type { Problem } from "./config-error.ts";

const known = ["retraining:pipelines", "retraining:comparisons", "retraining:network"];

/** Settings of the program, `retraining:*`, that it does not know are slips: those of providers are not its own. */
export function checkSettings(settings: readonly string[], problems: Problem[]) {
  for (const path of settings) {
    if (!path.startsWith("retraining:") || known.includes(path)) continue;
    const nearest = nearestName(path, known);
    problems.push({
      path,
      received: path,
      rule: `a setting of the program: ${known.join(", ")}`,
      remedy: nearest === undefined ? "remove it" : `write ${nearest}`,
    });
  }
}
