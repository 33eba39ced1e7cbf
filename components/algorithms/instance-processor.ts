/** Families with NVIDIA GPUs that SageMaker has, newest last. */
const gpuFamily = /^(p2|p3|p3dn|p4de?|p5[a-z]*|p6-[a-z0-9]+|g4dn|g5|g6e?|gr6|g7e?)$/;

/** Families of AWS's own accelerators. */
const acceleratorFamily = /^(inf|trn|dl)\d/;

/** Families with Arm processors: a digit, then `g`. */
const armFamily = /^[a-z]+\d+g/;

/** GPUs of an instance by family and size; one where a size is not named. */
const gpuCounts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  p2: { "8xlarge": 8, "16xlarge": 16 },
  p3: { "8xlarge": 4, "16xlarge": 8 },
  p3dn: { "24xlarge": 8 },
  p4d: { "24xlarge": 8 },
  p4de: { "24xlarge": 8 },
  p5: { "48xlarge": 8 },
  p5e: { "48xlarge": 8 },
  p5en: { "48xlarge": 8 },
  g4dn: { "12xlarge": 4 },
  g5: { "12xlarge": 4, "24xlarge": 4, "48xlarge": 8 },
  g6: { "12xlarge": 4, "24xlarge": 4, "48xlarge": 8 },
  g6e: { "12xlarge": 4, "24xlarge": 4, "48xlarge": 8 },
};

export interface InstanceProcessor {
  kind: "cpu" | "gpu" | "arm" | "accelerator";
  /** `g4dn` of `ml.g4dn.xlarge`. */
  family: string;
  /** 0 without. */
  gpus: number;
}

/** What computes in an instance, `ml.<family>.<size>`. */
export function instanceProcessor(instanceType: string): InstanceProcessor {
  const [, family = "", size = ""] = instanceType.split(".");
  if (gpuFamily.test(family)) return { kind: "gpu", family, gpus: gpuCounts[family]?.[size] ?? 1 };
  const kind = acceleratorFamily.test(family)
    ? "accelerator"
    : armFamily.test(family)
      ? "arm"
      : "cpu";
  return { kind, family, gpus: 0 };
}
