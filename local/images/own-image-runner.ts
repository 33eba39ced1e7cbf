import { delimiter, dirname, join } from "node:path";
import type { ContainerProgram, Runner } from "../sagemaker/runner.ts";
import { ImageStore, pythonOf } from "./image-store.ts";

const imagePath = /^[^/]+\/(?<repository>[^:@]+)(?::[^@]+)?@(?<digest>sha256:[0-9a-f]{64})$/;

/**
 * Runs the programs `train` and `serve` of an image that was built here from a folder, with the environment of its
 * requirements.txt first on PATH.
 *
 * @param image registry path with a digest, as `awsx.ecr.Image` gives it
 * @returns undefined for an image that was not built here
 */
export function ownImageRunner(image: string, stateDir: string): Runner | undefined {
  const { repository, digest } = imagePath.exec(image)?.groups ?? {};
  if (repository === undefined || digest === undefined) return undefined;
  const folder = new ImageStore(stateDir).find(digest);
  if (folder === undefined) return undefined;
  return {
    name: `${repository}@${digest}`,
    standby: false,
    metricDefinitions: undefined,
    programs: async () => {
      const bin = dirname(await pythonOf(folder, repository));
      const program = (use: "train" | "serve"): ContainerProgram => ({
        command: join(folder, use),
        args: [],
        cwd: folder,
        env: { PATH: [bin, folder, "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter) },
      });
      return { train: program("train"), serve: program("serve") };
    },
  };
}
