import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStackFile } from "../../../local/stack-file.ts";
import { parse } from "../../stacks/pipeline-config.ts";
import type { MalformedCase } from "./case.ts";
import { toldOf } from "./config-case.ts";

const training = `
      training:
        hyperparameters: { objective: "binary:logistic", num_round: 100, eval_metric: error }`;
const pipeline = `algorithm: { name: xgboost }
      etl: { script: glue/churn_etl.py }${training}
      validation: { metric: "validation:error", threshold: 0.1 }`;

/** A stack's file with `more` among the keys of its pipeline. */
export const withKeys = (more: string) => `config:
  aws:region: us-east-2
  retraining:pipelines:
    churn:
      ${pipeline}
      ${more}
`;

/** What `npm run local` says of a `Pulumi.dev.yaml`: the first line of the reader's error, or of what is wrong in it. */
async function toldOfFile(content: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "stack-file-"));
  try {
    await writeFile(join(folder, "Pulumi.dev.yaml"), content);
    const settings = await readStackFile(folder, "dev").catch((error: Error) => error);
    if (settings instanceof Error) {
      if (settings.name !== "Error") throw settings;
      return settings.message.split("\n")[0] ?? "";
    }
    const setting = (key: string) => {
      const text = settings[`retraining:${key}`];
      return text === undefined ? undefined : JSON.parse(text);
    };
    return toldOf(() =>
      parse(setting("pipelines"), {
        region: settings["aws:region"],
        settings: Object.keys(settings),
        comparisons: setting("comparisons"),
        network: setting("network"),
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

export function file(name: string, content: string | Uint8Array, expected: string): MalformedCase {
  return { name, expected, seen: () => toldOfFile(content) };
}
