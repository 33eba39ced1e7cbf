import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClients } from "../local/cli/clients.ts";
import { deployStack } from "../local/cli/deploy-stack.ts";
import { putInput } from "../local/cli/put-input.ts";
import { showRun } from "../local/cli/run-lines.ts";
import { SilentLines } from "../local/cli/silent-lines.ts";
import { startLocalCloud } from "../local/local-cloud.ts";
import { removeFolder } from "../local/processes/remove-folder.ts";
import { churnCsv } from "../local/sample-data/churn.ts";
import { runRawScript } from "./raw-script.ts";
import { printRatio } from "./table.ts";

/** The whole loop against the same work by hand: Spark and XGBoost in one script. */
export async function benchLoop(): Promise<void> {
  console.log("\nThe loop, 5,000 rows: upload to InService, against Spark and XGBoost in a script");
  const dir = await mkdtemp(join(tmpdir(), "retraining-bench-"));
  try {
    const raw = await rawSeconds(dir);
    const [cold, ...warm] = await loopSeconds(join(dir, "cloud"));
    printRatio("first upload, Spark cold", cold as number, raw[0] as number);
    warm.forEach((value, i) => {
      printRatio(`upload ${i + 2}, Spark warm`, value, raw[i + 1] as number);
    });
  } finally {
    await removeFolder(dir);
  }
}

const uploads = 4;

async function loopSeconds(stateDir: string): Promise<number[]> {
  const cloud = await startLocalCloud({ stateDir, region: "us-east-2" });
  try {
    const { churn } = await deployStack(cloud, "local", new SilentLines());
    if (churn === undefined) throw new Error("stack local has no pipeline churn");
    const { s3, sfn } = createClients(cloud);
    const times: number[] = [];
    for (let i = 0; i < uploads; i += 1) {
      const input = churnCsv({ seed: i + 1 });
      const started = performance.now();
      const { executionArn } = await putInput(s3, churn, `input/${i}.csv`, input);
      const { status, cause } = await showRun(sfn, executionArn, new SilentLines());
      if (status !== "SUCCEEDED") throw new Error(`the run ended as ${status}: ${cause}`);
      times.push((performance.now() - started) / 1000);
    }
    return times;
  } finally {
    await cloud.stop();
  }
}

/** Seconds of each repetition in one process: the first starts Spark. */
async function rawSeconds(dir: string): Promise<number[]> {
  const input = join(dir, "churn.csv");
  await writeFile(input, churnCsv({ seed: 1 }));
  const { seconds } = await runRawScript(
    "raw_loop.py",
    [input, join(dir, "raw"), String(uploads)],
    [{ environment: "xgboost" }],
  );
  return seconds.map(({ etl, train }) => etl + train);
}
