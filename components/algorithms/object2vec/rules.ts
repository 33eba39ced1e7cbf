import type { HyperparameterRule } from "../algorithm.ts";
import { effectiveValue, holds, requiredWhen, usedOnly, when } from "../condition.ts";
import { encoderSettings } from "./encoder-hyperparameters.ts";

const ownNetwork = when("enc1_network", "hcnn", "bilstm", "pooled_embedding");

/** Pretrained vectors and the ids of their words are of use only together. */
function vectorsWithVocabulary(n: 0 | 1): HyperparameterRule {
  const vectors = `enc${n}_pretrained_embedding_file`;
  const vocabulary = `enc${n}_vocab_file`;
  return ({ hyperparameters }) => {
    const hasVectors = (hyperparameters[vectors] ?? "") !== "";
    const hasVocabulary = (hyperparameters[vocabulary] ?? "") !== "";
    if (hasVectors === hasVocabulary) return undefined;
    return hasVectors
      ? {
          hyperparameter: vocabulary,
          rule: `required with ${vectors}: it tells which vector belongs to which id`,
          remedy: `add it, such as ${vocabulary}: vocab.json`,
        }
      : {
          hyperparameter: vocabulary,
          rule: `needs ${vectors}: it gives ids to the words of that file`,
          remedy: `remove it, or add ${vectors}`,
        };
  };
}

/** Values of the second encoder that are dropped without a word, because it is a copy of the first. */
function copiedFromFirst(name: string): HyperparameterRule {
  return (run) => {
    const given = run.hyperparameters[`enc1_${name}`];
    const first = effectiveValue(run, `enc0_${name}`);
    if (given === undefined || first === undefined || given === first) return undefined;
    if (!holds(when("enc1_network", "enc0"), run)) return undefined;
    return {
      hyperparameter: `enc1_${name}`,
      rule: `as enc0_${name} (${first || '""'}) when enc1_network is enc0, which copies the whole first encoder`,
      remedy: `remove it, or set enc1_network: ${effectiveValue(run, "enc0_network")}`,
    };
  };
}

export const object2vecRules: readonly HyperparameterRule[] = [
  requiredWhen(ownNetwork, "enc1_max_seq_len", "100"),
  requiredWhen(ownNetwork, "enc1_vocab_size", "10000"),
  ...encoderSettings.map(copiedFromFirst),
  vectorsWithVocabulary(0),
  vectorsWithVocabulary(1),

  function sparseOptimizer({ hyperparameters: { token_embedding_storage_type, optimizer } }) {
    if (token_embedding_storage_type !== "row_sparse" || optimizer === undefined) return undefined;
    if (/^(adam|adagrad|sgd)$/.test(optimizer)) return undefined;
    return {
      hyperparameter: "optimizer",
      rule: "adam, adagrad or sgd when token_embedding_storage_type is row_sparse",
      remedy: "write adam, or token_embedding_storage_type: dense",
    };
  },

  function sparseWithoutBuckets({
    hyperparameters: { token_embedding_storage_type, bucket_width },
  }) {
    if (token_embedding_storage_type !== "row_sparse" || Number(bucket_width ?? 0) === 0)
      return undefined;
    return {
      hyperparameter: "bucket_width",
      rule: "0 when token_embedding_storage_type is row_sparse: the container sets it so",
      remedy: "remove it, or write token_embedding_storage_type: dense",
    };
  },

  ...usedOnly(when("enc0_network", "hcnn"), "enc0_cnn_filter_width"),
  ...usedOnly(when("enc0_network", "hcnn", "bilstm"), "enc0_layers"),
  ...usedOnly(when("enc1_network", "hcnn", "enc0"), "enc1_cnn_filter_width"),
  ...usedOnly(when("enc1_network", "hcnn", "bilstm", "enc0"), "enc1_layers"),
  ...usedOnly(when("output_layer", "softmax"), "num_classes"),
];
