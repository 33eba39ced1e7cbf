import type { TunableRange } from "../algorithm.ts";

/** Ranges of AWS's page on tuning Object2Vec. */
export const object2vecTunable: Readonly<Record<string, TunableRange>> = {
  dropout: { type: "continuous", min: 0, max: 1 },
  early_stopping_patience: { type: "integer", min: 1, max: 5 },
  early_stopping_tolerance: { type: "continuous", min: 0.001, max: 0.1 },
  enc_dim: { type: "integer", min: 4, max: 4096 },
  enc0_cnn_filter_width: { type: "integer", min: 1, max: 5 },
  enc0_layers: { type: "integer", min: 1, max: 4 },
  enc0_token_embedding_dim: { type: "integer", min: 5, max: 300 },
  enc1_cnn_filter_width: { type: "integer", min: 1, max: 5 },
  enc1_layers: { type: "integer", min: 1, max: 4 },
  enc1_token_embedding_dim: { type: "integer", min: 5, max: 300 },
  epochs: { type: "integer", min: 4, max: 20 },
  learning_rate: { type: "continuous", min: 1e-6, max: 1 },
  mini_batch_size: { type: "integer", min: 1, max: 8192 },
  mlp_activation: { type: "categorical", values: ["tanh", "relu", "linear"] },
  mlp_dim: { type: "integer", min: 16, max: 1024 },
  mlp_layers: { type: "integer", min: 1, max: 4 },
  optimizer: { type: "categorical", values: ["adagrad", "adam", "rmsprop", "sgd", "adadelta"] },
  weight_decay: { type: "continuous", min: 0, max: 1 },
};
