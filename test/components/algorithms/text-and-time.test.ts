import { expect } from "chai";
import { checkInstances } from "../../../components/algorithms/check-instances.ts";
import { algorithms } from "../../../components/algorithms/index.ts";
import { describeAlgorithm } from "./algorithm-cases.ts";

const vectors = { mode: "skipgram", word_ngrams: undefined };

describeAlgorithm(algorithms.blazingtext, {
  takes: [
    {},
    { early_stopping: true, patience: 2, min_epochs: 3 },
    { ...vectors, subwords: true, min_char: 2, max_char: 4 },
    { ...vectors, mode: "batch_skipgram", batch_size: 20, evaluation: false },
    { ...vectors, batch_size: 11 }, // the default, which changes nothing
    { min_count: 0, learning_rate: 0.001 },
  ],
  refuses: [
    [
      { mode: undefined },
      "mode",
      "required by BlazingText: supervised labels sentences; the others (Word2Vec) learn word vectors",
      "add it, such as mode: supervised",
    ],
    [
      { mode: "skip-gram" },
      "mode",
      "one of batch_skipgram, skipgram, cbow, supervised",
      "write skipgram",
    ],
    [{ learning_rate: 0 }, "learning_rate", "a number greater than 0", "raise it above 0"],
    [{ vector_dim: 0 }, "vector_dim", "a whole number at least 1", "raise it to 1 at least"],
    [
      { window_size: 7 },
      "window_size",
      "needs mode batch_skipgram or skipgram or cbow, not supervised: without that it changes nothing",
      "remove it, or set mode: batch_skipgram",
    ],
    [
      { ...vectors, word_ngrams: 3 },
      "word_ngrams",
      "needs mode supervised, not skipgram: without that it changes nothing",
      "remove it, or set mode: supervised",
    ],
    [
      { patience: 2 },
      "patience",
      "needs early_stopping True, not False: without that it changes nothing",
      "remove it, or set early_stopping: True",
    ],
    [
      { ...vectors, mode: "batch_skipgram", subwords: true },
      "subwords",
      "False when mode is batch_skipgram: it learns whole words alone",
      "remove it, or write mode: skipgram",
    ],
    [
      { ...vectors, subwords: true, min_char: 7 },
      "min_char",
      "at most max_char (6): there are no subwords otherwise",
      "lower it to 6 at most, or raise max_char",
    ],
    [{ early_stopping: "true" }, "early_stopping", "one of True, False", "write True"],
  ],
  emits: [
    [{}, "validation:accuracy"],
    [vectors, "train:mean_rho"],
  ],
  lacks: [
    [
      vectors,
      "validation:accuracy",
      "validation:accuracy needs mode supervised, not skipgram",
      "gate on train:mean_rho, or set mode: supervised",
    ],
    [
      {},
      "train:mean_rho",
      "train:mean_rho needs mode batch_skipgram or skipgram or cbow, not supervised",
      "gate on validation:accuracy, or set mode: skipgram",
    ],
    [
      { ...vectors, evaluation: false },
      "train:mean_rho",
      "train:mean_rho needs evaluation True",
      "remove training.hyperparameters.evaluation",
    ],
  ],
});

describe("instances of BlazingText's modes", () => {
  for (const [mode, instanceType, instanceCount, rule] of [
    ["batch_skipgram", "ml.c5.2xlarge", 4, undefined],
    ["supervised", "ml.p3.2xlarge", 1, undefined],
    ["cbow", "ml.p3.2xlarge", 1, undefined],
    [
      "batch_skipgram",
      "ml.p3.2xlarge",
      1,
      "BlazingText trains on CPUs only when mode is batch_skipgram, and ml.p3.2xlarge has a GPU",
    ],
    ["skipgram", "ml.c5.2xlarge", 2, "BlazingText trains on one instance when mode is skipgram"],
    [
      "supervised",
      "ml.p3.8xlarge",
      1,
      "BlazingText uses one GPU when mode is supervised, and ml.p3.8xlarge has 4",
    ],
    [
      "skipgram",
      "ml.p3.8xlarge",
      1,
      "trained on 4 GPUs, BlazingText writes no vectors.bin: there is nothing to serve",
    ],
  ] as const) {
    it(`${rule === undefined ? "may" : "may not"} be ${instanceCount} x ${instanceType} for ${mode}`, () => {
      const run = { algorithm: algorithms.blazingtext, version: "1", hyperparameters: { mode } };
      const { problems } = checkInstances(run, { use: "training", instanceType, instanceCount });

      expect(problems.map((problem) => problem.rule)).to.deep.equal(
        rule === undefined ? [] : [rule],
      );
    });
  }

  it("may be several with several GPUs for an endpoint", () => {
    const run = {
      algorithm: algorithms.blazingtext,
      version: "1",
      hyperparameters: { mode: "supervised" },
    };
    const choice = { use: "endpoint", instanceType: "ml.p3.8xlarge", instanceCount: 2 } as const;

    expect(checkInstances(run, choice).problems).to.deep.equal([]);
  });
});

describeAlgorithm(algorithms.ntm, {
  takes: [
    {},
    { encoder_layers: "auto" },
    { encoder_layers: "300,200" },
    { encoder_layers: [300, 200] },
    { clip_gradient: "Infinity", batch_norm: true, sub_sample: 0 },
  ],
  refuses: [
    [
      { num_topics: undefined },
      "num_topics",
      "required by Neural Topic Model: how many topics",
      "add it, such as num_topics: 20",
    ],
    [{ num_topics: 1 }, "num_topics", "a whole number from 2 to 1000", "raise it to 2 at least"],
    [
      { encoder_layers: "wide" },
      "encoder_layers",
      "auto or widths of layers separated by commas, such as 300,200",
      "write it so",
    ],
    [
      { clip_gradient: 0 },
      "clip_gradient",
      "a number at least 0.001, or Infinity",
      "raise it to 0.001 at least",
    ],
    [
      { optimizer: "adamax" },
      "optimizer",
      "one of sgd, adam, adagrad, adadelta, rmsprop",
      "write one of these",
    ],
  ],
  emits: [[{}, "validation:total_loss"]],
  lacks: [
    [{}, "test:total_loss", "not a metric of Neural Topic Model 1", "write validation:total_loss"],
  ],
});

describeAlgorithm(algorithms.lda, {
  takes: [{}, { alpha0: 0.1, tol: 1e-8, max_restarts: 1 }],
  refuses: [
    [
      { mini_batch_size: undefined },
      "mini_batch_size",
      "required by Latent Dirichlet Allocation: documents of the whole collection, not of a batch",
      "add it, such as mini_batch_size: 10000",
    ],
    [{ alpha0: 0 }, "alpha0", "a number greater than 0", "raise it above 0"],
    [
      { max_iterations: 0.5 },
      "max_iterations",
      "a whole number at least 1",
      "write such a number; left out it is 1000",
    ],
    [
      { topics: 5 },
      "topics",
      "not a hyperparameter of Latent Dirichlet Allocation 1; the container refuses unknown ones",
      "write num_topics",
    ],
  ],
  emits: [[{}, "test:pwll"]],
});

describeAlgorithm(algorithms.seq2seq, {
  takes: [
    {},
    { optimizer_type: "sgd", momentum: 0.9 },
    { optimized_metric: "bleu", bleu_sample_size: -1 },
    { encoder_type: "cnn", cnn_num_hidden: 256, rnn_cell_type: "gru" },
    { encoder_type: "cnn", decoder_type: "cnn", cnn_kernel_width_decoder: 3 },
    { rnn_num_hidden: 512, clip_gradient: -1 },
    { lr_scheduler_type: "fixed_rate_inv_t", fixed_rate_lr_half_life: 20 },
  ],
  refuses: [
    [
      { rnn_num_hidden: 511 },
      "rnn_num_hidden",
      "an even number: half of the units read forwards, half backwards",
      "write 512",
    ],
    [
      { momentum: 0.9 },
      "momentum",
      "needs optimizer_type sgd, not adam",
      "remove it, or set optimizer_type: sgd",
    ],
    [
      { optimized_metric: "bleu" },
      "bleu_sample_size",
      "required when optimized_metric is bleu: left out, BLEU is computed on no pair",
      "write how many validation pairs, or -1 for all",
    ],
    [
      { min_num_epochs: 11 },
      "min_num_epochs",
      "at most max_num_epochs (10)",
      "lower it to 10 at most",
    ],
    [
      { cnn_num_hidden: 256 },
      "cnn_num_hidden",
      "needs encoder_type cnn, not rnn: without that it changes nothing",
      "remove it, or set encoder_type: cnn",
    ],
    [
      { encoder_type: "cnn", cnn_kernel_width_decoder: 3 },
      "cnn_kernel_width_decoder",
      "needs decoder_type cnn, not rnn: without that it changes nothing",
      "remove it, or set decoder_type: cnn",
    ],
    [
      { decoder_type: "cnn", rnn_decoder_state_init: "zero" },
      "rnn_decoder_state_init",
      "needs decoder_type rnn, not cnn: without that it changes nothing",
      "remove it, or set decoder_type: rnn",
    ],
    [
      { fixed_rate_lr_half_life: 20 },
      "fixed_rate_lr_half_life",
      "needs lr_scheduler_type fixed_rate_inv_t or fixed_rate_inv_sqrt_t, not plateau_reduce: without that it changes nothing",
      "remove it, or set lr_scheduler_type: fixed_rate_inv_t",
    ],
    [
      { bleu_sample_size: -2 },
      "bleu_sample_size",
      "a whole number at least -1",
      "raise it to -1 at least",
    ],
    [{ loss_type: "mse" }, "loss_type", "one of cross-entropy", "write one of these"],
  ],
  emits: [
    [{}, "validation:perplexity"],
    [{ bleu_sample_size: 100 }, "validation:bleu"],
  ],
  lacks: [
    [
      {},
      "validation:bleu",
      "validation:bleu needs bleu_sample_size: left out, it is computed on no pair",
      "set training.hyperparameters.bleu_sample_size: -1, or gate on validation:perplexity",
    ],
  ],
});

describeAlgorithm(algorithms["forecasting-deepar"], {
  takes: [
    {},
    { time_freq: "5min" },
    { cardinality: [2, 3] },
    { cardinality: "[2, 3]" },
    { cardinality: "", num_dynamic_feat: "ignore" },
    { num_dynamic_feat: 2 },
    { test_quantiles: [0.1, 0.9] },
    { likelihood: "negative-binomial", early_stopping_patience: 10 },
  ],
  refuses: [
    [
      { time_freq: undefined },
      "time_freq",
      "required by DeepAR Forecasting: time between two points",
      "add it, such as time_freq: D",
    ],
    [
      { time_freq: "daily" },
      "time_freq",
      "M, W, D, H or min, with a number before it for multiples, such as D or 5min",
      "write it so",
    ],
    [
      { prediction_length: 0 },
      "prediction_length",
      "a whole number at least 1",
      "raise it to 1 at least",
    ],
    [
      { cardinality: [2, 0] },
      "cardinality",
      'each of the list: a whole number at least 1, or auto, ignore, ""',
      "raise it to 1 at least",
    ],
    [
      { cardinality: ["two"] },
      "cardinality",
      'each of the list: a whole number at least 1, or auto, ignore, ""',
      "write it so",
    ],
    [
      { cardinality: 5 },
      "cardinality",
      'a list, or auto, ignore, ""',
      "write one in brackets, such as [1, 2]",
    ],
    [
      { likelihood: "normal" },
      "likelihood",
      "one of gaussian, beta, negative-binomial, student-T, deterministic-L1",
      "write one of these",
    ],
  ],
  emits: [
    [{}, "test:RMSE"],
    [{}, "train:final_loss"],
  ],
  lacks: [[{}, "test:rmse", "not a metric of DeepAR Forecasting 1", "write test:RMSE"]],
});
