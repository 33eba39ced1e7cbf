import * as pulumi from "@pulumi/pulumi";
import { checkInputs } from "./check-inputs.ts";

interface Inputs {
  repositoryUrl: pulumi.Input<string>;
  imageTag: pulumi.Input<string>;
  context: pulumi.Input<string>;
  platform: pulumi.Input<string>;
}

const known = ["repositoryUrl", "imageTag", "context", "platform"];

/** `awsx:ecr:Image` as far as the program uses it: an image of @pulumi/docker-build below it, and the output `imageUri`. */
export class Image extends pulumi.ComponentResource {
  readonly imageUri: pulumi.Output<string>;

  constructor(name: string, inputs: Inputs, options: pulumi.ComponentResourceOptions) {
    super("awsx:ecr:Image", name, {}, options);
    checkInputs("awsx:ecr:Image", inputs, known, known);
    const url = pulumi.output(inputs.repositoryUrl);
    // The tag names the resource, as it does on AWS: another tag is another image, not a change of this one.
    this.imageUri = pulumi.output(inputs.imageTag).apply((tag) => {
      const args = {
        tags: [pulumi.interpolate`${url}:${tag}`],
        context: { location: inputs.context },
        platforms: [inputs.platform],
        push: true,
      };
      const { digest } = new DockerImage(tag, args, { parent: this });
      return pulumi.interpolate`${url}@${digest}`;
    });
    this.registerOutputs({ imageUri: this.imageUri });
  }
}

class DockerImage extends pulumi.CustomResource {
  declare readonly digest: pulumi.Output<string>;

  constructor(name: string, args: pulumi.Inputs, options: pulumi.CustomResourceOptions) {
    super("docker-build:index:Image", name, { ...args, digest: undefined }, options);
  }
}
