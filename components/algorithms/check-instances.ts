import type { TrainingRun } from "./algorithm.ts";
import type { InstanceChoice, InstanceFinding } from "./instance-advice.ts";
import { type InstanceProcessor, instanceProcessor } from "./instance-processor.ts";

export interface CheckedInstances {
  /** What the algorithm cannot run on. */
  problems: InstanceFinding[];
  /** What runs and is a poor choice, a sentence each. */
  warnings: string[];
}

/** Whether an algorithm runs on the instances that config chose, and whether that is a good choice. */
export function checkInstances(run: TrainingRun, choice: InstanceChoice): CheckedInstances {
  const { instances, title } = run.algorithm;
  const processor = instanceProcessor(choice.instanceType);
  const found = [
    checkProcessor(run, choice, processor),
    choice.use === "training" && choice.instanceCount > 1 && !instances.distributed
      ? oneInstance(title)
      : undefined,
    ...(instances.rules ?? []).map((rule) => rule(run, { ...choice, processor })),
  ].filter((finding) => finding !== undefined);
  const problems = found.filter((finding, place) => isFirst(found, finding, place));
  return { problems, warnings: problems.length > 0 ? [] : warningsOf(run, choice, processor) };
}

function oneInstance(title: string): InstanceFinding {
  return {
    about: "instanceCount",
    rule: `${title} trains on one instance`,
    remedy: "write 1",
  };
}

/** One finding for each setting: the first says enough. */
function isFirst(found: readonly InstanceFinding[], { about }: InstanceFinding, place: number) {
  return found.findIndex((other) => other.about === about) === place;
}

function checkProcessor(
  { algorithm }: TrainingRun,
  { use, instanceType }: InstanceChoice,
  { kind, family }: InstanceProcessor,
): InstanceFinding | undefined {
  const { title, instances } = algorithm;
  const about = "instanceType";
  const takes = use === "training" ? instances.training : instances.serving;
  const verb = use === "training" ? "trains" : "serves";
  const example = exampleInstance(takes, use);
  if (kind === "arm" || kind === "accelerator") {
    const what = kind === "arm" ? "Arm processors" : "accelerators of AWS";
    return {
      about,
      rule: `ml.${family} has ${what}; the image of ${title} is built for x86${takes === "cpu" ? "" : " and NVIDIA GPUs"}`,
      remedy: `take another family, such as ${example}`,
    };
  }
  if (takes === "either" || takes === kind) return undefined;
  return {
    about,
    rule: `${title} ${verb} on ${takes === "gpu" ? "GPUs" : "CPUs"} only, and ${instanceType} has ${takes === "gpu" ? "none" : "a GPU"}`,
    remedy: `write one such as ${example}`,
  };
}

/** An instance type that every algorithm of its kind runs on. */
export function exampleInstance(
  takes: "cpu" | "gpu" | "either",
  use: InstanceChoice["use"],
): string {
  if (takes === "gpu") return "ml.g4dn.xlarge";
  return use === "training" ? "ml.m5.xlarge" : "ml.m5.large";
}

function warningsOf(
  { algorithm }: TrainingRun,
  { use, instanceType }: InstanceChoice,
  { kind, family }: InstanceProcessor,
): string[] {
  const { title, instances } = algorithm;
  const warnings: string[] = [];
  const advice =
    use === "training" ? instances.discouraged?.training : instances.discouraged?.serving;
  const reason = kind === "cpu" || kind === "gpu" ? advice?.[kind] : undefined;
  if (reason !== undefined) warnings.push(`${instanceType}: ${reason}`);
  const tried = instances.gpuFamilies ?? awsGpuFamilies;
  if (kind === "gpu" && !tried.includes(family)) {
    warnings.push(
      `${instanceType}: AWS documents ${title} on GPUs of ${tried.join(", ")}, not of ${family}`,
    );
  }
  return warnings;
}

/** GPU families that AWS documents for its built-in algorithms. */
const awsGpuFamilies: readonly string[] = ["p2", "p3", "g4dn", "g5"];
