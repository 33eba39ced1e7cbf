import { anyNumber, boolean, count } from "../hyperparameter-shapes.ts";
import type { HyperparameterSpec } from "../hyperparameter-spec.ts";

/** How long and how fast it learns, and what is watched. */
export const trainingHyperparameters: Readonly<Record<string, HyperparameterSpec>> = {
  batch_size: { ...count, default: 64, description: "pairs of one update" },
  max_num_epochs: {
    ...count,
    description:
      "passes over the pairs, all of them made; without it, lack of progress ends training",
  },
  min_num_epochs: {
    type: "integer",
    min: 0,
    default: 0,
    description: "passes before lack of progress may end training",
  },
  max_num_batches: {
    type: "integer",
    min: -1,
    default: -1,
    description: "updates at most; -1 for no limit",
  },
  checkpoint_frequency_num_batches: {
    ...count,
    default: 1000,
    description: "updates between two checkpoints, each with an evaluation",
  },
  checkpoint_threshold: {
    ...count,
    default: 3,
    description: "checkpoints without progress before training ends",
  },
  optimized_metric: {
    type: "categorical",
    values: ["perplexity", "accuracy", "bleu"],
    default: "perplexity",
    description: "what progress is measured by",
  },
  training_metric: {
    type: "categorical",
    values: ["perplexity", "accuracy"],
    default: "perplexity",
    description: "what is logged of the train channel",
  },
  bleu_sample_size: {
    type: "integer",
    min: -1,
    default: 0,
    description: "validation pairs that BLEU is computed on; -1 all, 0 none",
  },
  beam_size: { ...count, default: 5, description: "candidates kept while decoding" },
  loss_type: {
    type: "categorical",
    values: ["cross-entropy"],
    default: "cross-entropy",
    description: "what training minimizes",
  },
  optimizer_type: {
    type: "categorical",
    values: ["adam", "sgd", "rmsprop"],
    default: "adam",
    description: "update rule",
  },
  learning_rate: { ...anyNumber, default: 0.0003, description: "first length of an update" },
  momentum: { ...anyNumber, description: "sgd: share of the last update kept" },
  weight_decay: { ...anyNumber, default: 0, description: "pull of weights towards 0" },
  clip_gradient: {
    ...anyNumber,
    default: 1,
    description: "gradients are cut to this size; a negative number cuts none",
  },
  lr_scheduler_type: {
    type: "categorical",
    values: ["plateau_reduce", "fixed_rate_inv_t", "fixed_rate_inv_sqrt_t"],
    default: "plateau_reduce",
    description: "how learning_rate falls: without progress, or with time",
  },
  plateau_reduce_lr_factor: {
    ...anyNumber,
    default: 0.5,
    description: "plateau_reduce: what learning_rate is multiplied with",
  },
  plateau_reduce_lr_threshold: {
    ...count,
    default: 3,
    description: "plateau_reduce: checkpoints without progress before that",
  },
  fixed_rate_lr_half_life: {
    ...count,
    default: 10,
    description: "fixed_rate: checkpoints until learning_rate is half",
  },
  bucketing_enabled: {
    ...boolean,
    default: "true",
    description: "batch sentences of like length",
  },
  bucket_width: { ...count, default: 10, description: "spread of lengths within such a batch" },
  max_seq_len_source: { ...count, default: 100, description: "source tokens kept" },
  max_seq_len_target: { ...count, default: 100, description: "target tokens kept" },
};
