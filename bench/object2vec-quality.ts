import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "../local/setup/node-packages.mjs";
import { interpreter } from "../local/setup/python-environments.mjs";

/** Object2Vec's error on ratings beside matrix factorization, and its speed. bench/object2vec_quality.py prints them. */
export async function benchObject2VecQuality(): Promise<void> {
  console.log("\nObject2Vec on ratings of low rank, beside scikit-learn");
  const containers = join(projectRoot, "local/containers/");
  const child = spawn(
    await interpreter("learners"),
    [join(projectRoot, "bench/object2vec_quality.py")],
    {
      env: { ...process.env, PYTHONPATH: `${containers}object2vec:${containers}contract` },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`bench/object2vec_quality.py ended with ${code}`);
}
