import type { TunableRange } from "../algorithm.ts";

/** Ranges of AWS's page on tuning Sequence to Sequence; that of weight_init_scale holds for xavier. */
export const seq2seqTunable: Readonly<Record<string, TunableRange>> = {
  num_layers_encoder: { type: "integer", min: 1, max: 10 },
  num_layers_decoder: { type: "integer", min: 1, max: 10 },
  batch_size: {
    type: "categorical",
    values: ["16", "32", "64", "128", "256", "512", "1024", "2048"],
  },
  optimizer_type: { type: "categorical", values: ["adam", "sgd", "rmsprop"] },
  weight_init_type: { type: "categorical", values: ["xavier", "uniform"] },
  weight_init_scale: { type: "continuous", min: 2, max: 3 },
  learning_rate: { type: "continuous", min: 5e-5, max: 0.2 },
  weight_decay: { type: "continuous", min: 0, max: 0.1 },
  momentum: { type: "continuous", min: 0.5, max: 0.9 },
  clip_gradient: { type: "continuous", min: 1, max: 5 },
  rnn_num_hidden: { type: "categorical", values: ["128", "256", "512", "1024", "2048"] },
  cnn_num_hidden: { type: "categorical", values: ["128", "256", "512", "1024", "2048"] },
  num_embed_source: { type: "integer", min: 256, max: 512 },
  num_embed_target: { type: "integer", min: 256, max: 512 },
  embed_dropout_source: { type: "continuous", min: 0, max: 0.5 },
  embed_dropout_target: { type: "continuous", min: 0, max: 0.5 },
  rnn_decoder_hidden_dropout: { type: "continuous", min: 0, max: 0.5 },
  cnn_hidden_dropout: { type: "continuous", min: 0, max: 0.5 },
  lr_scheduler_type: {
    type: "categorical",
    values: ["plateau_reduce", "fixed_rate_inv_t", "fixed_rate_inv_sqrt_t"],
  },
  plateau_reduce_lr_factor: { type: "continuous", min: 0.1, max: 0.5 },
  plateau_reduce_lr_threshold: { type: "integer", min: 1, max: 5 },
  fixed_rate_lr_half_life: { type: "integer", min: 10, max: 30 },
};
