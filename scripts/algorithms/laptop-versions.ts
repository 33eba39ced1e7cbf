import { type Algorithm, prebuiltImage } from "../../components/algorithms/algorithm.ts";
import { builtinContainers } from "../../local/sagemaker/builtin-containers.ts";

/** Versions that train and serve on a laptop, oldest first. */
export function laptopVersions(algorithm: Algorithm): string[] {
  return algorithm.versions
    .map(({ name }) => name)
    .filter((version) => {
      const { repositoryName, imageTag } = prebuiltImage(algorithm, version);
      return builtinContainers.some(
        ({ repository, tags }) => repository === repositoryName && tags.includes(imageTag),
      );
    });
}
