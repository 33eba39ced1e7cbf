import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { folderFiles, hashFolder } from "../../components/folder-files.ts";
import { installRequirements } from "../setup/python-environments.mjs";

/** What a registry keeps of an image. */
export interface LocalImage {
  /** `sha256:` and 64 hexadecimal digits: the hash of the manifest. */
  digest: string;
  manifest: string;
}

export const manifestType = "application/vnd.docker.distribution.manifest.v2+json";

/**
 * What stands on a laptop for the layers of images: copies of the folders that they were built from, one below
 * `images/<digest>/` of the state folder. What a folder's requirements.txt names is installed into an environment that all
 * images with the same file share.
 */
export class ImageStore {
  readonly #folder: string;

  constructor(stateDir: string) {
    this.#folder = join(stateDir, "images");
  }

  /**
   * Takes over the folder as it is now.
   *
   * @param repository name of the repository: each has images of its own, as ECR has
   * @throws Error when pip cannot install the requirements; nothing is kept then
   */
  async build(context: string, repository: string): Promise<LocalImage> {
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      local: { repository, folder: hashFolder(context) },
    });
    const hex = createHash("sha256").update(manifest).digest("hex");
    await pythonOf(context, repository);
    await this.#copy(context, join(this.#folder, hex));
    return { digest: `sha256:${hex}`, manifest };
  }

  /** Folder of an image's files; `undefined`: no such image was built here. */
  find(digest: string): string | undefined {
    const folder = join(this.#folder, digest.replace("sha256:", ""));
    return existsSync(folder) ? folder : undefined;
  }

  async remove(digest: string): Promise<void> {
    await rm(join(this.#folder, digest.replace("sha256:", "")), { recursive: true, force: true });
  }

  /** Whole or not at all: a name that is there stands for all of its files. */
  async #copy(from: string, to: string): Promise<void> {
    if (existsSync(to)) return;
    const partial = `${to}.${process.pid}.partial`;
    await rm(partial, { recursive: true, force: true });
    for (const path of folderFiles(from)) {
      const file = join(partial, path);
      await mkdir(dirname(file), { recursive: true });
      await copyFile(join(from, path), file);
      await chmod(file, (await stat(join(from, path))).mode & 0o777);
    }
    await rename(partial, to);
  }
}

/** Interpreter of the environment of an image, made if it is not there. @throws Error with what pip said */
export async function pythonOf(folder: string, repository: string): Promise<string> {
  return installRequirements({
    title: `Python environment of container ${repository} (its requirements.txt)`,
    requirements: join(folder, "requirements.txt"),
  });
}
