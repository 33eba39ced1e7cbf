import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "../local/setup/node-packages.mjs";
import { interpreter } from "../local/setup/python-environments.mjs";

/** Linear Learner's metrics beside scikit-learn's on standard data sets. bench/linear_learner_quality.py prints them. */
export async function benchLinearLearnerQuality(): Promise<void> {
  console.log("\nLinear Learner beside scikit-learn, rows that neither has seen");
  const containers = join(projectRoot, "local/containers/");
  const child = spawn(
    await interpreter("learners"),
    [join(projectRoot, "bench/linear_learner_quality.py")],
    {
      env: { ...process.env, PYTHONPATH: `${containers}linear_learner:${containers}contract` },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`bench/linear_learner_quality.py ended with ${code}`);
}
