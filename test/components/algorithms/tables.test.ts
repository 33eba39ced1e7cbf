import { algorithms } from "../../../components/algorithms/index.ts";
import { describeAlgorithm } from "./algorithm-cases.ts";

describeAlgorithm(algorithms["factorization-machines"], {
  takes: [
    {},
    { bias_init_method: "uniform", bias_init_scale: 0.5 },
    { linear_init_method: "constant", linear_init_value: -1 },
    { factors_init_sigma: 0.2, clip_gradient: 5, rescale_grad: 0.5, eps: 1e-8 },
    { bias_init_method: "uniform", bias_init_sigma: 0.01 },
  ],
  refuses: [
    [
      { num_factors: undefined },
      "num_factors",
      "required by Factorization Machines: numbers that stand for a feature in interactions, usually 2 to 1000",
      "add it, such as num_factors: 64",
    ],
    [{ factors_lr: -1 }, "factors_lr", "a number at least 0", "raise it to 0 at least"],
    [
      { predictor_type: "multiclass_classifier" },
      "predictor_type",
      "one of binary_classifier, regressor",
      "write one of these",
    ],
    [
      { factors_init_scale: 0.5 },
      "factors_init_scale",
      "needs factors_init_method uniform, not normal: without that it changes nothing",
      "remove it, or set factors_init_method: uniform",
    ],
    [
      { linear_init_method: "constant", linear_init_sigma: 0.3 },
      "linear_init_sigma",
      "needs linear_init_method normal, not constant: without that it changes nothing",
      "remove it, or set linear_init_method: normal",
    ],
    [
      { epoch: 5 },
      "epoch",
      "not a hyperparameter of Factorization Machines 1; the container refuses unknown ones",
      "write epochs",
    ],
  ],
  emits: [
    [{}, "test:binary_f_beta"],
    [{ predictor_type: "regressor" }, "test:rmse"],
  ],
  lacks: [
    [
      {},
      "test:rmse",
      "test:rmse needs predictor_type regressor, not binary_classifier",
      "gate on test:binary_classification_accuracy or test:binary_classification_cross_entropy or test:binary_f_beta, or set predictor_type: regressor",
    ],
  ],
});

describeAlgorithm(algorithms.knn, {
  takes: [
    {},
    { dimension_reduction_type: "fjlt", dimension_reduction_target: 10 },
    { index_type: "faiss.IVFPQ", faiss_index_pq_m: 8, faiss_index_ivf_nlists: 100 },
    { index_type: "faiss.IVFFlat", index_metric: "COSINE" },
    { faiss_index_ivf_nlists: "auto" },
  ],
  refuses: [
    [
      { sample_size: undefined },
      "sample_size",
      "required by k-Nearest Neighbors: training rows drawn for the index",
      "add it, such as sample_size: 2000",
    ],
    [{ k: 0 }, "k", "a whole number at least 1", "raise it to 1 at least"],
    [
      { dimension_reduction_type: "sign" },
      "dimension_reduction_target",
      "required when dimension_reduction_type is sign",
      "add it, such as dimension_reduction_target: 10",
    ],
    [
      { dimension_reduction_target: 10 },
      "dimension_reduction_target",
      "needs dimension_reduction_type sign or fjlt, not left out: without that it changes nothing",
      "remove it, or set dimension_reduction_type: sign",
    ],
    [
      { dimension_reduction_type: "sign", dimension_reduction_target: 69 },
      "dimension_reduction_target",
      "less than feature_dim (69)",
      "lower it, or remove it and dimension_reduction_type",
    ],
    [
      { index_type: "faiss.IVFPQ", faiss_index_pq_m: 5 },
      "faiss_index_pq_m",
      "one of 1, 2, 3, 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 96",
      "write 1",
    ],
    [
      { k: 20, sample_size: 10 },
      "k",
      "at most sample_size (10): the index has no more rows that could vote",
      "lower it, or raise sample_size",
    ],
    [
      { index_type: "faiss.IVFPQ" },
      "faiss_index_pq_m",
      "required when index_type is faiss.IVFPQ",
      "add it, such as faiss_index_pq_m: 8",
    ],
    [
      { index_type: "faiss.IVFPQ", faiss_index_pq_m: 8, index_metric: "COSINE" },
      "index_metric",
      "L2 when index_type is faiss.IVFPQ",
      "remove it, or write index_type: faiss.IVFFlat",
    ],
    [
      { faiss_index_pq_m: 8 },
      "faiss_index_pq_m",
      "needs index_type faiss.IVFPQ, not faiss.Flat: without that it changes nothing",
      "remove it, or set index_type: faiss.IVFPQ",
    ],
    [{ index_metric: "l2" }, "index_metric", "one of L2, INNER_PRODUCT, COSINE", "write L2"],
  ],
  emits: [
    [{}, "test:accuracy"],
    [{ predictor_type: "regressor" }, "test:mse"],
  ],
  lacks: [
    [
      {},
      "test:mse",
      "test:mse needs predictor_type regressor, not classifier",
      "gate on test:accuracy, or set predictor_type: regressor",
    ],
  ],
});

describeAlgorithm(algorithms.kmeans, {
  takes: [
    {},
    { eval_metrics: ["msd", "ssd"] },
    { eval_metrics: '["ssd"]' },
    { eval_metrics: [] },
    { extra_center_factor: "auto", local_lloyd_tol: 0, half_life_time_size: 0 },
  ],
  refuses: [
    [
      { k: undefined },
      "k",
      "required by K-Means: how many groups; more than 1 makes sense",
      "add it, such as k: 10",
    ],
    [
      { k: 600, mini_batch_size: 500 },
      "k",
      "at most mini_batch_size (500): the first centres are rows of the first mini-batch",
      "lower it, or raise mini_batch_size",
    ],
    [{ local_lloyd_tol: 1.5 }, "local_lloyd_tol", "a number from 0 to 1", "lower it to 1 at most"],
    [{ init_method: "kmeans" }, "init_method", "one of random, kmeans++", "write kmeans++"],
    [
      { eval_metrics: "msd,ssd" },
      "eval_metrics",
      "a list",
      'write one in brackets, such as ["msd","ssd"]',
    ],
    [{ eval_metrics: ["mse"] }, "eval_metrics", "each of the list: one of msd, ssd", "write msd"],
    [{ eval_metrics: [1] }, "eval_metrics", "each of the list: texts in quotes", "write it so"],
  ],
  emits: [
    [{}, "test:msd"],
    [{ eval_metrics: ["ssd"] }, "test:ssd"],
  ],
  lacks: [
    [
      {},
      "test:ssd",
      'test:ssd needs ssd in eval_metrics, which is ["msd"]',
      "set training.hyperparameters.eval_metrics: [msd, ssd]",
    ],
  ],
});

describeAlgorithm(algorithms.pca, {
  takes: [
    {},
    { algorithm_mode: "randomized", extra_components: 5 },
    { extra_components: -1, subtract_mean: false },
    { num_components: 17 },
  ],
  refuses: [
    [
      { mini_batch_size: undefined },
      "mini_batch_size",
      "required by Principal Component Analysis: rows read at once, such as 500",
      "add it, such as mini_batch_size: 500",
    ],
    [
      { algorithm_mode: "randomized", extra_components: -2 },
      "extra_components",
      "a whole number at least -1",
      "raise it to -1 at least",
    ],
    [
      { num_components: 18 },
      "num_components",
      "at most feature_dim (17): rows have no more directions",
      "lower it to 17 at most",
    ],
    [
      { extra_components: 5 },
      "extra_components",
      "needs algorithm_mode randomized, not regular: without that it changes nothing",
      "remove it, or set algorithm_mode: randomized",
    ],
    [{ subtract_mean: "True" }, "subtract_mean", "one of true, false", "write true"],
  ],
  lacks: [
    [
      {},
      "test:mse",
      "SageMaker reads no metric from Principal Component Analysis: there can be no gate",
      "write validation: { enabled: false }; every model that trains is then deployed",
    ],
  ],
});

describeAlgorithm(algorithms.randomcutforest, {
  takes: [{}, { num_trees: 50, num_samples_per_tree: 2048 }, { eval_metrics: ["accuracy"] }],
  refuses: [
    [
      { feature_dim: undefined },
      "feature_dim",
      "required by Random Cut Forest: columns of a row",
      "add it, such as feature_dim: 17",
    ],
    [{ num_trees: 49 }, "num_trees", "a whole number from 50 to 1000", "raise it to 50 at least"],
    [
      { feature_dim: 10_001 },
      "feature_dim",
      "a whole number from 1 to 10000",
      "lower it to 10000 at most",
    ],
    [
      { eval_metrics: ["f1"] },
      "eval_metrics",
      "each of the list: one of accuracy, precision_recall_fscore",
      "write one of these",
    ],
  ],
  emits: [[{}, "test:f1"]],
  lacks: [
    [
      { eval_metrics: ["accuracy"] },
      "test:f1",
      'test:f1 needs precision_recall_fscore in eval_metrics, which is ["accuracy"]',
      "set training.hyperparameters.eval_metrics: [accuracy, precision_recall_fscore]",
    ],
  ],
});

describeAlgorithm(algorithms.ipinsights, {
  takes: [
    {},
    { random_negative_sampling_rate: 0 },
    { random_negative_sampling_rate: 250, shuffled_negative_sampling_rate: 250 },
    { num_ip_encoder_layers: 0, learning_rate: 10 },
  ],
  refuses: [
    [
      { vector_dim: undefined },
      "vector_dim",
      "required by IP Insights: numbers that stand for an entity or an address; 128 is a good start",
      "add it, such as vector_dim: 128",
    ],
    [{ vector_dim: 3 }, "vector_dim", "a whole number from 4 to 4096", "raise it to 4 at least"],
    [
      { random_negative_sampling_rate: 0, shuffled_negative_sampling_rate: 0 },
      "random_negative_sampling_rate",
      "from 1 to 500 together with shuffled_negative_sampling_rate, not 0",
      "raise one of the two to 1 at least",
    ],
    [
      { random_negative_sampling_rate: 500 },
      "random_negative_sampling_rate",
      "from 1 to 500 together with shuffled_negative_sampling_rate, not 501",
      "lower one of the two, such as to 1",
    ],
  ],
  emits: [
    [{}, "validation:discriminator_auc"],
    [{}, "train:binary_classification_accuracy:epoch"],
  ],
  lacks: [
    [
      {},
      "train:progress",
      "train:progress tells how training went, not how good the model is",
      "gate on train:binary_classification_accuracy or train:binary_classification_accuracy:epoch or train:binary_classification_cross_entropy or train:binary_classification_cross_entropy:epoch",
    ],
  ],
});
