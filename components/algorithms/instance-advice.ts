import type { TrainingRun } from "./algorithm.ts";
import type { InstanceProcessor } from "./instance-processor.ts";

export interface InstanceAdvice {
  /** `gpu` and `cpu` are all that training runs on; what is merely discouraged is in `discouraged`. */
  training: "cpu" | "gpu" | "either";
  /** The same for endpoints. */
  serving: "cpu" | "gpu" | "either";
  /** A choice that runs and that AWS advises against, and why: a sentence that names what to take instead. */
  discouraged?: {
    training?: Partial<Record<"cpu" | "gpu", string>>;
    serving?: Partial<Record<"cpu" | "gpu", string>>;
  };
  /** Whether training spreads over several instances. */
  distributed: boolean;
  /** GPU families that AWS documents it on. @default p2, p3, g4dn, g5 */
  gpuFamilies?: readonly string[];
  /** What depends on version or hyperparameters. */
  rules?: readonly InstanceRule[];
  /** What decides further; AWS's words carried over in short. */
  notes: string;
}

/** Instances as config chose them. */
export interface InstanceChoice {
  use: "training" | "endpoint";
  /** `ml.<family>.<size>`. */
  instanceType: string;
  instanceCount: number;
}

/** Something that an algorithm cannot run on. */
export interface InstanceFinding {
  about: "instanceType" | "instanceCount";
  /** What holds, as a sentence without a full stop. */
  rule: string;
  /** What to write instead. */
  remedy: string;
}

export type InstanceRule = (
  run: TrainingRun,
  choice: InstanceChoice & { processor: InstanceProcessor },
) => InstanceFinding | undefined;
