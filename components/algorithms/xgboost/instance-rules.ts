import { isInVersions } from "../algorithm.ts";
import type { InstanceRule } from "../instance-advice.ts";

/** GPUs that the versions of the container know. */
export const xgboostInstanceRules: readonly InstanceRule[] = [
  function gpusSince12({ algorithm, version }, { processor: { kind, family } }) {
    if (kind !== "gpu") return undefined;
    const since = /^p[23]$/.test(family) ? "1.2-1" : "1.2-2";
    if (isInVersions(algorithm, version, { since })) return undefined;
    return {
      about: "instanceType",
      rule: `XGBoost runs on GPUs of ml.${family} from version ${since} on, not in ${version}`,
      remedy: "take a CPU family, such as ml.m5.xlarge, or a newer version",
    };
  },

  function noP2Since17({ algorithm, version }, { processor: { family } }) {
    if (family !== "p2" || !isInVersions(algorithm, version, { since: "1.7-1" })) return undefined;
    return {
      about: "instanceType",
      rule: `XGBoost ${version} does not run on ml.p2`,
      remedy: "take another family, such as ml.g4dn.xlarge",
    };
  },
];
