import { holds, resource } from "./rule-cases.ts";

const repository = (props: object) =>
  resource("aws:ecr/repository:Repository", "images", { name: "images", ...props });

holds("ECR-TagImmutability", [
  ["tags that stay", [repository({ imageTagMutability: "IMMUTABLE" })]],
  [
    "tags that move",
    [repository({ imageTagMutability: "MUTABLE" })],
    ["the tags of its images can be moved"],
  ],
  ["ECR's default", [repository({})], ["the tags of its images can be moved"]],
]);

const unscanned = ["its images are not scanned when they are pushed"];
holds("ECR-ImageScanning", [
  ["a scan at each push", [repository({ imageScanningConfiguration: { scanOnPush: true } })]],
  ["none", [repository({ imageScanningConfiguration: { scanOnPush: false } })], unscanned],
  ["ECR's default", [repository({})], unscanned],
]);
