import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "../local/setup/node-packages.mjs";
import { interpreter } from "../local/setup/python-environments.mjs";

/** K-Means, PCA and k-NN beside scikit-learn's on standard data sets. bench/kmeans_pca_knn_quality.py prints them. */
export async function benchKMeansPcaKnnQuality(): Promise<void> {
  console.log("\nK-Means, PCA and k-NN beside scikit-learn");
  const folders = ["kmeans", "pca", "knn", "contract"];
  const child = spawn(
    await interpreter("learners"),
    [join(projectRoot, "bench/kmeans_pca_knn_quality.py")],
    {
      env: {
        ...process.env,
        PYTHONPATH: folders.map((name) => join(projectRoot, "local/containers", name)).join(":"),
      },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`bench/kmeans_pca_knn_quality.py ended with ${code}`);
}
