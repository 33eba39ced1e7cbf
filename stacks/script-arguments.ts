import { relative, resolve, sep } from "node:path";
import { nearestName } from "../components/nearest-name.ts";

/** What an argument may be: one of some texts, a whole number from `least` on, or any text. */
export type ArgumentValues = readonly string[] | { least: number | undefined } | "any";

const any = "any";
const counted = { least: 0 };
const positive = { least: 1 };
const seeded = { MAX_DROPPED_ROWS: counted, SEED: { least: undefined } };

/** What the project's own scripts take in `etl.arguments`, beside the arguments of every run. Of other scripts nothing is known. */
export const scriptArguments: Readonly<Record<string, Readonly<Record<string, ArgumentValues>>>> = {
  "glue/churn_etl.py": seeded,
  "glue/tabular_etl.py": {
    ...seeded,
    LABEL_COLUMN: any,
    DROP_COLUMNS: any,
    TEXT_COLUMNS: any,
    MISSING: ["error", "mean", "zero"],
    MAX_CATEGORIES: positive,
  },
  "glue/ratings_etl.py": {
    ...seeded,
    USER_COLUMN: any,
    ITEM_COLUMN: any,
    RATING_COLUMN: any,
    LABEL_AS: ["class", "score"],
    ENC0_VOCAB_SIZE: any,
    ENC1_VOCAB_SIZE: any,
    NUM_CLASSES: any,
    S3_MAPPING_KEY: any,
    S3_AUXILIARY_KEY: any,
    ENC0_VECTORS: any,
    ENC1_VECTORS: any,
  },
  "glue/libsvm_split.py": {
    INPUT_FORMAT: ["auto", "libsvm", "csv"],
    LABEL_COLUMN: any,
    MAX_DROPPED_ROWS: counted,
  },
};

/** Glue has arguments of its own, such as `additional-python-modules`: all in small letters, with hyphens. */
const ofGlue = /^[a-z0-9]+(-[a-z0-9]+)+$/;

/** What is wrong with an argument of `script`; nothing where the script is none of the project's own. */
export function checkScriptArgument(
  projectRoot: string,
  script: string,
  name: string,
  value: string,
): { rule: string; remedy: string } | undefined {
  const own = relative(projectRoot, resolve(projectRoot, script)).replaceAll(sep, "/");
  const taken = Object.hasOwn(scriptArguments, own) ? scriptArguments[own] : undefined;
  if (taken === undefined || ofGlue.test(name)) return undefined;
  const values = Object.hasOwn(taken, name) ? taken[name] : undefined;
  if (values !== undefined) return checkValue(values, value);
  const names = Object.keys(taken);
  const nearest = nearestName(name, names);
  return {
    rule: `an argument that ${own} takes: ${names.join(", ")}`,
    remedy: nearest === undefined ? "remove it" : `write ${nearest}`,
  };
}

function checkValue(values: ArgumentValues, value: string) {
  if (values === "any") return undefined;
  if ("least" in values) {
    const { least } = values;
    const isWhole = /^-?\d{1,19}$/.test(value); // scripts take 64 bits
    if (isWhole && Number(value) >= (least ?? Number.NEGATIVE_INFINITY)) return undefined;
    const from = least === undefined ? "" : ` from ${least}`;
    return { rule: `a whole number${from}`, remedy: "write one" };
  }
  if (values.includes(value)) return undefined;
  const nearest = nearestName(value, values);
  return {
    rule: `one of ${values.join(", ")}`,
    remedy: nearest === undefined ? "write one of them" : `write ${nearest}`,
  };
}
