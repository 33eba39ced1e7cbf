import { resolve } from "node:path";
import { BatchGetImageCommand, PutImageCommand } from "@aws-sdk/client-ecr";
import { ImageStore, manifestType } from "../../images/image-store.ts";
import { projectRoot } from "../../setup/node-packages.mjs";
import { flag, list, map, object, text } from "../properties/index.ts";
import { type Cloud, resourceType } from "../resource-type.ts";

const tagPath = /^[^/]+\/(?<repository>[^:@]+):(?<tag>[\w.-]{1,128})$/;

/**
 * An image of @pulumi/docker-build, built without Docker: the context is copied as it is and its requirements.txt
 * installed; what else the Dockerfile says is not done. Pushed is the manifest of that copy.
 */
export const dockerImage = resourceType({
  type: "docker-build:index:Image",
  inputs: {
    tags: list(text({ pattern: tagPath }), { required: true, maxItems: 1 }),
    context: object({ location: text({ required: true }) }, { required: true }),
    dockerfile: object({ location: text() }),
    platforms: list(text({ values: ["linux/amd64"] }), { maxItems: 1 }),
    push: flag(),
    exports: list(object({ raw: text() }), { maxItems: 1 }),
    buildArgs: map(text()),
  },
  identity: ["tags"],
  notFound: ["RepositoryNotFoundException"],

  problems: ({ buildArgs = {} }) =>
    Object.keys(buildArgs).length === 0
      ? []
      : ["buildArgs: nothing on a laptop reads a Dockerfile's arguments"],

  async create({ tags, context }, cloud) {
    const { repository, tag } = partsOf(tags[0]);
    const folder = resolve(projectRoot, context.location); // where the real provider runs, too
    const { digest, manifest } = await storeOf(cloud).build(folder, repository);
    await cloud.clients.ecr.send(
      new PutImageCommand({
        repositoryName: repository,
        imageTag: tag,
        imageManifest: manifest,
        imageManifestMediaType: manifestType,
        imageDigest: digest,
      }),
    );
    return { id: String(tags[0]), outputs: { digest, ref: `${tags[0]}@${digest}` } };
  },

  async read(id, _state, cloud) {
    const { repository, tag } = partsOf(id);
    const { images = [] } = await cloud.clients.ecr.send(
      new BatchGetImageCommand({ repositoryName: repository, imageIds: [{ imageTag: tag }] }),
    );
    const digest = images[0]?.imageId?.imageDigest;
    if (digest === undefined || storeOf(cloud).find(digest) === undefined) return undefined;
    return { digest, ref: `${id}@${digest}` };
  },

  // As the real provider: what was pushed stays until its repository goes. Models may need it.
  async delete() {},
});

function partsOf(image: string | undefined): { repository: string; tag: string } {
  const { repository = "", tag = "" } = tagPath.exec(image ?? "")?.groups ?? {};
  return { repository, tag };
}

function storeOf({ stateDir }: Cloud): ImageStore {
  if (stateDir === undefined) throw new Error("images need the local cloud's state folder");
  return new ImageStore(stateDir);
}
