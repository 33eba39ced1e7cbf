import { at } from "../property.ts";
import type { Rule } from "../rule.ts";

const repository = { scope: "resource", types: ["aws:ecr/repository:Repository"] } as const;

export const immutableTags: Rule = {
  ...repository,
  name: "ECR-TagImmutability",
  description: "A tag names one image for ever (AWS Security Hub: ECR.2).",
  check: ({ props }) =>
    props["imageTagMutability"] === "IMMUTABLE" ? [] : ["the tags of its images can be moved"],
};

export const scanOnPush: Rule = {
  ...repository,
  name: "ECR-ImageScanning",
  description:
    "Images are scanned for known vulnerabilities when they are pushed (AWS Security Hub: ECR.1).",
  check: ({ props }) =>
    at(props, "imageScanningConfiguration", "scanOnPush") === true
      ? []
      : ["its images are not scanned when they are pushed"],
};
