import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as ecr from "@pulumi/awsx/ecr/index.js";
import * as pulumi from "@pulumi/pulumi";
import { hashFolder } from "./folder-files.ts";

export interface OwnContainerArgs {
  /** Name of the ECR repository, unique in account and region. */
  repositoryName: string;

  /** Folder with the Dockerfile, relative to the project: an absolute one would differ from machine to machine. */
  folder: string;

  /** Start of the image's tag: images of one stack are told apart by their tags. */
  tagPrefix: string;

  /** Whether destroying the stack deletes the images too. False refuses to delete a repository that holds any. */
  forceDestroy: boolean;

  /** Key that encrypts the images. @default AES-256 with the key that ECR owns. */
  kmsKeyArn: string | undefined;
}

/** Days that an image without a tag stays: no model refers to one, a push that was broken off leaves it. */
const untaggedDays = 7;

/** Of the hash: enough to tell contents apart, and short enough to read. */
const tagHashLength = 16;

/**
 * The image of a folder with a Dockerfile, built and pushed when the folder's content changes.
 *
 * Its tag is the content's hash: tags are immutable, and another content is another image. None of them expires, because a
 * kept version's model names its image by digest and may have been trained long ago, while any number of images was pushed
 * since without a run: neither age nor count tells which images are needed. Layers that images share are stored once.
 *
 * @example
 * const { image } = new OwnContainer("prices-container", {
 *   repositoryName: "dev-prices",
 *   folder: "containers/sklearn-regressor",
 *   tagPrefix: "prices",
 *   forceDestroy: true,
 *   kmsKeyArn: undefined,
 * }, { parent: this });
 */
export class OwnContainer extends pulumi.ComponentResource {
  /** Registry path with the image's digest. */
  readonly image: pulumi.Output<string>;

  constructor(name: string, args: OwnContainerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("retraining:components:OwnContainer", name, {}, opts);
    const repository = createRepository(this, name, args);
    const image = new ecr.Image(
      name,
      {
        repositoryUrl: repository.url,
        imageTag: contentTag(args),
        context: `./${args.folder}`,
        platform: "linux/amd64", // what SageMaker's instances run, whatever the machine that builds
      },
      { parent: this, transforms: [pushDockerManifest] },
    );
    this.image = image.imageUri;
    this.registerOutputs({ image: this.image });
  }
}

function createRepository(parent: pulumi.Resource, name: string, args: OwnContainerArgs) {
  const { kmsKeyArn } = args;
  return new ecr.Repository(
    name,
    {
      name: args.repositoryName,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [
        kmsKeyArn === undefined
          ? { encryptionType: "AES256" }
          : { encryptionType: "KMS", kmsKey: kmsKeyArn },
      ],
      forceDelete: args.forceDestroy,
      lifecyclePolicy: {
        rules: [
          {
            description: "images that no tag names",
            tagStatus: "untagged",
            maximumAgeLimit: untaggedDays,
          },
        ],
      },
    },
    { parent },
  );
}

/** Another content has another tag: a push never meets one that is taken. */
export function contentTag({ folder, tagPrefix }: Pick<OwnContainerArgs, "folder" | "tagPrefix">) {
  const project = fileURLToPath(new URL("..", import.meta.url));
  return `${tagPrefix}-${hashFolder(join(project, folder)).slice(0, tagHashLength)}`;
}

/**
 * SageMaker refuses manifests of the media types of OCI, which newer versions of Docker push by themselves.
 *
 * The component that builds has no argument for it, the image below it has.
 */
export const pushDockerManifest: pulumi.ResourceTransform = ({ type, props, opts }) => {
  if (type !== "docker-build:index:Image") return undefined;
  const { push: _push, ...rest } = props;
  return { props: { ...rest, exports: [{ raw: "type=registry,oci-mediatypes=false" }] }, opts };
};
