import type { Algorithm } from "../../components/algorithms/algorithm.ts";
import { laptopVersions } from "./laptop-versions.ts";

/** A row for each algorithm of the catalogue: what there is, and what works where. */
export function overviewTable(algorithms: readonly Algorithm[]) {
  return {
    kind: "table" as const,
    head: ["name", "title", "gate", "laptop", "tasks"],
    rows: algorithms.map((algorithm) => [
      algorithm.name,
      algorithm.title,
      Object.keys(algorithm.metrics).length > 0 ? "yes" : "no",
      laptopVersions(algorithm).length > 0 ? "yes" : "no",
      algorithm.tasks.join(", "),
    ]),
  };
}
