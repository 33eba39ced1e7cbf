import type { HyperparameterRule } from "../algorithm.ts";
import { type Condition, effectiveValue, holds, unmet, usedOnly, when } from "../condition.ts";
import { networkHyperparameters } from "./network-hyperparameters.ts";

const kinds = ["encoder_type", "decoder_type"] as const;

/** Settings of one kind of network, where neither encoder nor decoder (or not the one that it is named after) is of it. */
function ofUsedNetworks(kind: "rnn" | "cnn"): HyperparameterRule[] {
  const names = Object.keys(networkHyperparameters).filter((name) => name.startsWith(`${kind}_`));
  return names.map((name) => {
    const part = /_(encoder|decoder)(_|$)/.exec(name)?.[1];
    const conditions: Condition[] = kinds
      .filter((type) => part === undefined || type.startsWith(part))
      .map((type) => when(type, kind));
    const [first, ...others] = conditions.map((condition) => usedOnly(condition, name)[0]);
    return (run) =>
      conditions.some((condition) => holds(condition, run))
        ? undefined
        : (first ?? others[0])?.(run);
  });
}

export const seq2seqRules: readonly HyperparameterRule[] = [
  ...ofUsedNetworks("rnn"),
  ...ofUsedNetworks("cnn"),
  ...usedOnly(when("rnn_residual_connections", "true"), "rnn_first_residual_layer"),
  ...usedOnly(when("weight_init_type", "xavier"), "xavier_factor_type"),
  ...usedOnly(
    when("lr_scheduler_type", "plateau_reduce"),
    "plateau_reduce_lr_factor",
    "plateau_reduce_lr_threshold",
  ),
  ...usedOnly(
    when("lr_scheduler_type", "fixed_rate_inv_t", "fixed_rate_inv_sqrt_t"),
    "fixed_rate_lr_half_life",
  ),
  ...usedOnly(when("bucketing_enabled", "true"), "bucket_width"),

  function evenUnits({ hyperparameters: { rnn_num_hidden } }) {
    if (rnn_num_hidden === undefined || Number(rnn_num_hidden) % 2 === 0) return undefined;
    return {
      hyperparameter: "rnn_num_hidden",
      rule: "an even number: half of the units read forwards, half backwards",
      remedy: `write ${Number(rnn_num_hidden) + 1}`,
    };
  },

  function momentumOfSgd(run) {
    const sgd = when("optimizer_type", "sgd");
    if (run.hyperparameters["momentum"] === undefined || holds(sgd, run)) return undefined;
    return {
      hyperparameter: "momentum",
      rule: unmet(sgd, run),
      remedy: "remove it, or set optimizer_type: sgd",
    };
  },

  function bleuOfSomePairs(run) {
    if (effectiveValue(run, "optimized_metric") !== "bleu") return undefined;
    if (Number(effectiveValue(run, "bleu_sample_size")) !== 0) return undefined;
    return {
      hyperparameter: "bleu_sample_size",
      rule: "required when optimized_metric is bleu: left out, BLEU is computed on no pair",
      remedy: "write how many validation pairs, or -1 for all",
    };
  },

  function epochsInOrder({ hyperparameters: { min_num_epochs, max_num_epochs } }) {
    if (min_num_epochs === undefined || max_num_epochs === undefined) return undefined;
    if (Number(min_num_epochs) <= Number(max_num_epochs)) return undefined;
    return {
      hyperparameter: "min_num_epochs",
      rule: `at most max_num_epochs (${max_num_epochs})`,
      remedy: `lower it to ${max_num_epochs} at most`,
    };
  },
];
