import { pythonBoolean } from "../hyperparameter-shapes.ts";
import type { HyperparameterSpec } from "../hyperparameter-spec.ts";

const fileName = {
  type: "text",
  pattern: /^[A-Za-z0-9._]*$/,
  format: "a file name of letters, digits, _ and ., such as vectors.txt",
  default: "",
  channel: "auxiliary",
} as const;

const networks = ["hcnn", "bilstm", "pooled_embedding"] as const;

/** One of the two encoders, the first (0) or the second (1) of a pair. */
function encoder(n: 0 | 1): Readonly<Record<string, HyperparameterSpec>> {
  const own = n === 0 ? ({ required: true } as const) : {};
  return {
    [`enc${n}_max_seq_len`]: {
      type: "integer",
      min: 1,
      max: 5000,
      ...own,
      description: `tokens of in${n} at most`,
    },
    [`enc${n}_vocab_size`]: {
      type: "integer",
      min: 2,
      max: 3_000_000,
      ...own,
      description: `different tokens of in${n}: ids run from 0 to one less`,
    },
    [`enc${n}_network`]: {
      type: "categorical",
      values: n === 0 ? networks : ["enc0", ...networks],
      default: n === 0 ? "hcnn" : "enc0",
      description:
        n === 0
          ? "convolutions, recurrent cells or the mean of embeddings"
          : "the same choice for in1; enc0 takes that of in0, its settings included",
    },
    [`enc${n}_layers`]: {
      type: "integer",
      min: 1,
      max: 4,
      literals: ["auto"],
      default: "auto",
      description: "layers of hcnn or bilstm",
    },
    [`enc${n}_cnn_filter_width`]: {
      type: "integer",
      min: 1,
      max: 9,
      default: 3,
      description: "tokens under a filter of hcnn",
    },
    [`enc${n}_token_embedding_dim`]: {
      type: "integer",
      min: 2,
      max: 1000,
      default: 300,
      description: "numbers that stand for a token",
    },
    [`enc${n}_pretrained_embedding_file`]: {
      ...fileName,
      description: "token vectors to start from, a file of the auxiliary channel",
    },
    [`enc${n}_vocab_file`]: {
      ...fileName,
      description: "JSON file of the auxiliary channel that gives each word of them its id",
    },
    [`enc${n}_freeze_pretrained_embedding`]: {
      ...pythonBoolean,
      default: "True",
      description: "leave these vectors as they are",
    },
  };
}

/** What both encoders have beside their network, without the prefix. */
export const encoderSettings = Object.keys(encoder(1))
  .map((name) => name.replace("enc1_", ""))
  .filter((name) => name !== "network");

export const encoderHyperparameters = { ...encoder(0), ...encoder(1) };
