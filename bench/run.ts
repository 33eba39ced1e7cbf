// npm run bench [-- NAME ...]: prints the project's figures. They depend on the machine: compare what is printed side by side.
import { benchArchives } from "./archives.ts";
import { benchEngine } from "./engine.ts";
import { benchKMeansPcaKnnQuality } from "./kmeans-pca-knn-quality.ts";
import { benchLinearLearnerQuality } from "./linear-learner-quality.ts";
import { benchLoop } from "./loop.ts";
import { benchObject2VecQuality } from "./object2vec-quality.ts";
import { benchProgramEvaluation } from "./program-evaluation.ts";
import { benchServing } from "./serving.ts";

const benchmarks: Record<string, () => Promise<void>> = {
  archives: benchArchives,
  engine: benchEngine,
  loop: benchLoop,
  evaluation: benchProgramEvaluation,
  "kmeans-pca-knn-quality": benchKMeansPcaKnnQuality,
  "linear-learner-quality": benchLinearLearnerQuality,
  "object2vec-quality": benchObject2VecQuality,
  serving: benchServing,
};

const asked = process.argv.slice(2);
for (const name of asked) {
  if (!(name in benchmarks)) {
    throw new Error(`no benchmark ${name}: there are ${Object.keys(benchmarks).join(", ")}`);
  }
}
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (asked.length === 0 || asked.includes(name)) await benchmark();
}
process.exit();
