import { algorithms } from "../../../components/algorithms/index.ts";
import { describeAlgorithm } from "./algorithm-cases.ts";

const classes = { output_layer: "softmax", num_classes: 5 };
const sameNetwork = {
  enc1_network: undefined,
  enc1_max_seq_len: undefined,
  enc1_vocab_size: undefined,
};

describeAlgorithm(algorithms.object2vec, {
  takes: [
    {},
    classes,
    sameNetwork,
    { ...sameNetwork, enc0_vocab_size: 500, enc1_vocab_size: 500 },
    { comparator_list: "hadamard, abs_diff" },
    { comparator_list: ["concat"] },
    { tied_token_embedding_weight: true, enc0_freeze_pretrained_embedding: false },
    { enc0_pretrained_embedding_file: "glove.txt", enc0_vocab_file: "vocab.json" },
    { enc0_network: "hcnn", enc0_cnn_filter_width: 5, enc0_layers: 4 },
    { enc0_network: "bilstm", enc0_layers: 2 },
    { token_embedding_storage_type: "row_sparse", optimizer: "sgd" },
    { token_embedding_storage_type: "row_sparse", bucket_width: 0 },
    { mlp_layers: 0, learning_rate: 1e-6, dropout: 1 },
  ],
  refuses: [
    [
      { enc0_max_seq_len: undefined },
      "enc0_max_seq_len",
      "required by Object2Vec: tokens of in0 at most",
      "add it, such as enc0_max_seq_len: 1",
    ],
    [
      { enc1_vocab_size: undefined },
      "enc1_vocab_size",
      "required when enc1_network is pooled_embedding",
      "add it, such as enc1_vocab_size: 10000",
    ],
    [
      { enc1_max_seq_len: undefined },
      "enc1_max_seq_len",
      "required when enc1_network is pooled_embedding",
      "add it, such as enc1_max_seq_len: 100",
    ],
    [
      { enc1_network: undefined, enc1_max_seq_len: undefined, enc1_vocab_size: 7 },
      "enc1_vocab_size",
      "as enc0_vocab_size (944) when enc1_network is enc0, which copies the whole first encoder",
      "remove it, or set enc1_network: pooled_embedding",
    ],
    [
      { ...sameNetwork, enc1_network: "enc0", enc1_layers: 3 },
      "enc1_layers",
      "as enc0_layers (auto) when enc1_network is enc0, which copies the whole first encoder",
      "remove it, or set enc1_network: pooled_embedding",
    ],
    [
      { enc0_vocab_size: 1 },
      "enc0_vocab_size",
      "a whole number from 2 to 3000000",
      "raise it to 2 at least",
    ],
    [
      { enc0_layers: 5 },
      "enc0_layers",
      "a whole number from 1 to 4, or auto",
      "lower it to 4 at most",
    ],
    [
      { enc0_network: "cnn" },
      "enc0_network",
      "one of hcnn, bilstm, pooled_embedding",
      "write hcnn",
    ],
    [
      { tied_token_embedding_weight: "true" },
      "tied_token_embedding_weight",
      "one of True, False",
      "write True",
    ],
    [
      { comparator_list: "hadamard,cosine" },
      "comparator_list",
      "cosine: not among hadamard, concat, abs_diff",
      "remove cosine",
    ],
    [
      { enc0_vocab_file: "data/vocab.json", enc0_pretrained_embedding_file: "glove.txt" },
      "enc0_vocab_file",
      "a file name of letters, digits, _ and ., such as vectors.txt",
      "write it so",
    ],
    [
      { enc1_pretrained_embedding_file: "glove.txt" },
      "enc1_vocab_file",
      "required with enc1_pretrained_embedding_file: it tells which vector belongs to which id",
      "add it, such as enc1_vocab_file: vocab.json",
    ],
    [
      { enc0_vocab_file: "vocab.json" },
      "enc0_vocab_file",
      "needs enc0_pretrained_embedding_file: it gives ids to the words of that file",
      "remove it, or add enc0_pretrained_embedding_file",
    ],
    [
      { token_embedding_storage_type: "row_sparse", optimizer: "rmsprop" },
      "optimizer",
      "adam, adagrad or sgd when token_embedding_storage_type is row_sparse",
      "write adam, or token_embedding_storage_type: dense",
    ],
    [
      { token_embedding_storage_type: "row_sparse", bucket_width: 10 },
      "bucket_width",
      "0 when token_embedding_storage_type is row_sparse: the container sets it so",
      "remove it, or write token_embedding_storage_type: dense",
    ],
    [
      { enc0_cnn_filter_width: 5 },
      "enc0_cnn_filter_width",
      "needs enc0_network hcnn, not pooled_embedding: without that it changes nothing",
      "remove it, or set enc0_network: hcnn",
    ],
    [
      { num_classes: 5 },
      "num_classes",
      "needs output_layer softmax, not mean_squared_error: without that it changes nothing",
      "remove it, or set output_layer: softmax",
    ],
    [
      { enc_dims: 64, enc_dim: undefined },
      "enc_dims",
      "not a hyperparameter of Object2Vec 1; the container refuses unknown ones",
      "write enc_dim",
    ],
  ],
  emits: [
    [{}, "validation:mean_squared_error"],
    [classes, "test:cross_entropy"],
  ],
  lacks: [
    [
      {},
      "validation:accuracy",
      "validation:accuracy needs output_layer softmax, not mean_squared_error",
      "gate on validation:mean_squared_error, or set output_layer: softmax",
    ],
    [
      { output_layer: undefined },
      "test:mean_squared_error",
      "test:mean_squared_error needs output_layer mean_squared_error, not softmax",
      "gate on test:accuracy or test:cross_entropy, or set output_layer: mean_squared_error",
    ],
  ],
});
