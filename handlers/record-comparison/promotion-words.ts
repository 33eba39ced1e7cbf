import type { ComparisonReport } from "./report.ts";

/** What became of production. */
export function promotionWords(report: ComparisonReport): { promoted: boolean; text: string } {
  const { promotion, winner, verdict, error, rules } = report;
  if (promotion?.promoted) {
    const { name, action } = promotion.endpoint ?? {};
    return { promoted: true, text: `${name} (${action === "update" ? "updated" : "created"})` };
  }
  const why = () => {
    if (promotion === null) return "promotion is off";
    if (promotion.supersededBy !== null) {
      return `a newer run's model serves already, that of ${promotion.supersededBy.title}`;
    }
    if (winner === null) return verdict ? "no candidate wins clearly" : "nobody won";
    if (error !== undefined) return error.name;
    return `${winner} does not reach promotion.threshold ${rules.promotion.threshold}`;
  };
  return { promoted: false, text: why() };
}
