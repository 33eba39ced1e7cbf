import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "../local/setup/node-packages.mjs";
import { interpreter } from "../local/setup/python-environments.mjs";

/** The serving worker alone: seconds to start, requests a second. bench/serving.py prints them. */
export async function benchServing(): Promise<void> {
  console.log("\nServing, one XGBoost model of 69 features, client on the same machine");
  const containers = join(projectRoot, "local/containers/");
  const child = spawn(await interpreter("xgboost"), [join(projectRoot, "bench/serving.py")], {
    env: { ...process.env, PYTHONPATH: `${containers}xgboost:${containers}contract` },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`bench/serving.py ended with ${code}`);
}
