import { anyNumber, boolean, count, share } from "../hyperparameter-shapes.ts";
import type { HyperparameterSpec } from "../hyperparameter-spec.ts";

const network = { type: "categorical", values: ["rnn", "cnn"], default: "rnn" } as const;
const dropout = { ...share, default: 0 } as const;

/** Encoder and decoder. Names that start with rnn_ or cnn_ count for networks of that kind. */
export const networkHyperparameters: Readonly<Record<string, HyperparameterSpec>> = {
  encoder_type: { ...network, description: "kind of the encoder" },
  decoder_type: { ...network, description: "kind of the decoder" },
  num_layers_encoder: { ...count, default: 1, description: "layers of the encoder" },
  num_layers_decoder: { ...count, default: 1, description: "layers of the decoder" },
  num_embed_source: {
    ...count,
    default: 512,
    description: "numbers that stand for a source token",
  },
  num_embed_target: {
    ...count,
    default: 512,
    description: "numbers that stand for a target token",
  },
  embed_dropout_source: { ...dropout, description: "share of source embeddings silenced" },
  embed_dropout_target: { ...dropout, description: "share of target embeddings silenced" },
  rnn_cell_type: {
    type: "categorical",
    values: ["lstm", "gru"],
    default: "lstm",
    description: "kind of cell",
  },
  rnn_num_hidden: {
    type: "integer",
    min: 2,
    default: 1024,
    description: "units of encoder and decoder, an even number",
  },
  rnn_attention_type: {
    type: "categorical",
    values: ["dot", "fixed", "mlp", "bilinear"],
    default: "mlp",
    description: "how the decoder weighs source positions",
  },
  rnn_attention_num_hidden: {
    ...count,
    description: "units of that; as rnn_num_hidden if left out",
  },
  rnn_attention_in_upper_layers: {
    ...boolean,
    default: "true",
    description: "let upper layers see it too",
  },
  rnn_decoder_state_init: {
    type: "categorical",
    values: ["last", "avg", "zero"],
    default: "last",
    description: "what the decoder starts from: the encoder's last state, their mean, or nothing",
  },
  rnn_decoder_hidden_dropout: {
    ...dropout,
    description: "share of the decoder's context silenced",
  },
  rnn_residual_connections: {
    ...boolean,
    default: "false",
    description: "add a layer's input to its output",
  },
  rnn_first_residual_layer: { ...count, default: 2, description: "first layer that does so" },
  cnn_num_hidden: { ...count, default: 512, description: "units of encoder and decoder" },
  cnn_kernel_width_encoder: { ...count, default: 3, description: "tokens under an encoder kernel" },
  cnn_kernel_width_decoder: { ...count, default: 5, description: "tokens under a decoder kernel" },
  cnn_activation_type: {
    type: "categorical",
    values: ["glu", "relu", "softrelu", "sigmoid", "tanh"],
    default: "glu",
    description: "what units apply",
  },
  cnn_hidden_dropout: { ...dropout, description: "share of units between layers silenced" },
  weight_init_type: {
    type: "categorical",
    values: ["uniform", "xavier"],
    default: "xavier",
    description: "how weights start",
  },
  weight_init_scale: { ...anyNumber, default: 2.34, description: "spread of that" },
  xavier_factor_type: {
    type: "categorical",
    values: ["in", "out", "avg"],
    default: "in",
    description: "xavier: units that the spread is divided by",
  },
};
