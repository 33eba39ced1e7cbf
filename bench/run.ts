// npm run bench [-- NAME ... [--uploads N] [--gigabytes N] [--runs N]]: prints the project's figures. They depend on the machine: compare what is printed side by side.
import { runCommand } from "../scripts/command-line.ts";
import { benchArchives } from "./archives.ts";
import { benchComparison } from "./comparison.ts";
import { benchEngine } from "./engine.ts";
import { benchKMeansPcaKnnQuality } from "./kmeans-pca-knn-quality.ts";
import { benchLargeEtl } from "./large-etl.ts";
import { benchLinearLearnerQuality } from "./linear-learner-quality.ts";
import { benchLoad } from "./load.ts";
import { benchLoop } from "./loop.ts";
import { benchObject2VecQuality } from "./object2vec-quality.ts";
import { benchProgramEvaluation } from "./program-evaluation.ts";
import { benchServing } from "./serving.ts";
import { benchSoak } from "./soak.ts";

interface Options {
  uploads?: string;
  gigabytes?: string;
  runs?: string;
}

const benchmarks: Record<string, (options: Options) => Promise<void>> = {
  archives: benchArchives,
  comparison: benchComparison,
  engine: benchEngine,
  loop: benchLoop,
  evaluation: benchProgramEvaluation,
  "kmeans-pca-knn-quality": benchKMeansPcaKnnQuality,
  "linear-learner-quality": benchLinearLearnerQuality,
  "object2vec-quality": benchObject2VecQuality,
  serving: benchServing,
};

/** Those that take many minutes run when they are asked for by name. */
const long: typeof benchmarks = { load: benchLoad, "large-etl": benchLargeEtl, soak: benchSoak };

const usage = `npm run bench [-- NAME ... [--uploads N] [--gigabytes N] [--runs N]]

Prints the project's figures: ${Object.keys(benchmarks).join(", ")}; by name alone, for they take many minutes: ${Object.keys(long).join(", ")}.

  --uploads N     of load
  --gigabytes N   of large-etl
  --runs N        of soak`;

await runCommand(
  usage,
  ["uploads", "gigabytes", "runs"],
  async ({ options, positionals: asked }) => {
    const given: Options = Object.fromEntries(
      Object.entries(options).filter(([, value]) => value !== undefined),
    );
    const all = { ...benchmarks, ...long };
    for (const name of asked) {
      if (!(name in all)) {
        throw new Error(`no benchmark ${name}: there are ${Object.keys(all).join(", ")}`);
      }
    }
    for (const [name, benchmark] of Object.entries(all)) {
      if (asked.length === 0 ? name in benchmarks : asked.includes(name)) await benchmark(given);
    }
  },
  { most: Number.POSITIVE_INFINITY },
);
process.exit();
