import { projectRoot } from "../../../local/setup/node-packages.mjs";
import { readStackFile } from "../../../local/stack-file.ts";

const { "retraining:comparisons": ofFile = "{}" } = await readStackFile(projectRoot, "local");
const example = JSON.parse(ofFile).abalone;

/** The stacks' own example, quick, whose winner serves `shells`. */
export const shells = {
  ...example,
  enabled: true,
  evaluation: { ...example.evaluation, resamples: 200 },
  promotion: {
    ...example.promotion,
    enabled: true,
    endpoint: { name: "shells", instanceType: "ml.m5.large" },
  },
};
