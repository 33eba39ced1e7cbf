import { linesOf } from "./check-csv.ts";
import { checkNumber } from "./check-number.ts";
import type { FeatureRows } from "./model-schema.ts";
import { RequestRefused } from "./request-refused.ts";

/** @throws RequestRefused unless each line is `index:value` pairs, a label before them or not, indices rising */
export function checkLibsvm(text: string, { counts }: FeatureRows): void {
  const width = Math.max(...counts);
  linesOf(text).forEach((line, i) => {
    const row = i + 1;
    const cells = line.trim().split(/\s+/);
    const pairs = cells[0]?.includes(":") ? cells : cells.slice(1);
    let last = -1;
    for (const pair of pairs) {
      const [, index = "", value = ""] = /^(\d+):(.*)$/.exec(pair) ?? [];
      // XGBoost counts from 0 or from 1, as the training data did
      const isFit = index !== "" && Number(index) > last && Number(index) <= width;
      if (!isFit) {
        throw new RequestRefused({
          row,
          value: pair,
          problem: `no pair of an index up to ${width}, above those before it, and a value`,
          remedy: "Write 3:0.5 7:1, with the indices of training",
        });
      }
      last = Number(index);
      checkNumber(value, "refused", { row, column: last });
    }
    if (pairs.length > 0) return;
    throw new RequestRefused({
      row,
      value: line,
      problem: "no feature at all",
      remedy: "Write 3:0.5 7:1, with the indices of training",
    });
  });
}
