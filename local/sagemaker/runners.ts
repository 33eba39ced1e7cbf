import type { CloudContext } from "../cloud/context.ts";
import { ownImageRunner } from "../images/own-image-runner.ts";
import {
  type BuiltinContainer,
  builtinContainerOf,
  builtinContainers,
  contractFolder,
  environmentVariables,
} from "./builtin-containers.ts";
import type { ContainerProgram, Runner } from "./runner.ts";
import { notSupported } from "./supported-members.ts";

/** What stands for the container of each image. */
export class Runners {
  readonly #context: Pick<CloudContext, "containerPython" | "stateDir">;
  readonly #containers: readonly BuiltinContainer[];

  constructor(
    context: Pick<CloudContext, "containerPython" | "stateDir">,
    containers = builtinContainers,
  ) {
    this.#context = context;
    this.#containers = containers;
  }

  /**
   * The runner of an image.
   * @param image registry path, `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`
   * @throws AwsError that names the images which have one
   */
  of(image: string): Runner {
    const own = ownImageRunner(image, this.#context.stateDir);
    if (own) return own;
    const container = builtinContainerOf(image, this.#containers);
    if (container) return this.#builtinRunner(container);
    const known = this.#containers.flatMap(({ repository, tags }) =>
      tags.map((tag) => `${repository}:${tag}`),
    );
    throw notSupported(`The image ${image}`, `images with a local runner: ${known.join(", ")}`);
  }

  #builtinRunner(container: BuiltinContainer): Runner {
    const { repository, tags, environment, packageFolder, metricDefinitions } = container;
    const programs = async () => {
      const command = await this.#context.containerPython(environment);
      const start = (module: string): ContainerProgram => ({
        command,
        args: ["-m", module],
        cwd: packageFolder,
        env: {
          ...environmentVariables[environment],
          PYTHONPATH: `${packageFolder}:${contractFolder}`,
        },
      });
      return { train: start(container.trainModule), serve: start(container.serveModule) };
    };
    return { name: `${repository}:${tags.join(",")}`, programs, standby: true, metricDefinitions };
  }
}
