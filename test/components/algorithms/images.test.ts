import { expect } from "chai";
import { checkHyperparameters } from "../../../components/algorithms/check-hyperparameters.ts";
import { algorithms } from "../../../components/algorithms/index.ts";
import { describeAlgorithm } from "./algorithm-cases.ts";

const fromNothing = { use_pretrained_model: 0 };

describeAlgorithm(algorithms["image-classification"], {
  takes: [
    {},
    { ...fromNothing, num_layers: 20, image_shape: "3,28,28" },
    { image_shape: "3, 224, 224" },
    { lr_scheduler_step: "5,8", lr_scheduler_factor: 0.5 },
    { optimizer: "adam", beta_1: 0.8, eps: 1e-6 },
    { early_stopping: true, early_stopping_patience: 3 },
    { multi_label: 1, use_weighted_loss: 1 },
    { resize: 256, checkpoint_frequency: 5, top_k: 2 },
  ],
  refuses: [
    [
      { num_training_samples: undefined },
      "num_training_samples",
      "required by Image Classification - MXNet: images of the train channel; decays and distribution go wrong without the true number",
      "add it, such as num_training_samples: 50000",
    ],
    [
      { num_layers: 19 },
      "num_layers",
      "one of 18, 34, 50, 101, 152, 200, 20, 32, 44, 56, 110",
      "write 18",
    ],
    [
      { num_layers: 20 },
      "num_layers",
      "one of 18, 34, 50, 101, 152, 200 when use_pretrained_model is 1",
      "write one of these, such as 18, or use_pretrained_model: 0",
    ],
    [
      { image_shape: "3,28,28" },
      "image_shape",
      "224 x 224 when use_pretrained_model is 1",
      "leave it out, or write use_pretrained_model: 0",
    ],
    [
      { ...fromNothing, image_shape: "28x28" },
      "image_shape",
      "channels, height and width, such as 3,224,224",
      "write it so",
    ],
    [
      { resize: 200 },
      "resize",
      "at least the longer side of image_shape (224)",
      "raise it to 224 at least",
    ],
    [
      { checkpoint_frequency: 11 },
      "checkpoint_frequency",
      "at most epochs (10)",
      "lower it to 10 at most",
    ],
    [
      { lr_scheduler_factor: 0.5 },
      "lr_scheduler_factor",
      "needs lr_scheduler_step: without that it changes nothing",
      "remove it, or add the epochs, such as lr_scheduler_step: 10,20",
    ],
    [
      { beta_1: 0.8 },
      "beta_1",
      "needs optimizer adam, not sgd: without that it changes nothing",
      "remove it, or set optimizer: adam",
    ],
    [
      { early_stopping_patience: 3 },
      "early_stopping_patience",
      "needs early_stopping True, not False: without that it changes nothing",
      "remove it, or set early_stopping: True",
    ],
    [
      { use_weighted_loss: 1 },
      "use_weighted_loss",
      "needs multi_label 1, not 0: without that it changes nothing",
      "remove it, or set multi_label: 1",
    ],
    [{ top_k: 1 }, "top_k", "a whole number at least 2", "raise it to 2 at least"],
    [{ learning_rate: 1.1 }, "learning_rate", "a number from 0 to 1", "lower it to 1 at most"],
  ],
  emits: [[{}, "validation:accuracy"]],
});

describe("Image Classification from single images", () => {
  const check = (hyperparameters: Record<string, unknown>, contentType: string) => {
    const { example, defaultVersion } = algorithms["image-classification"];
    const all = { ...example.hyperparameters, ...hyperparameters };
    return checkHyperparameters(algorithms["image-classification"], defaultVersion, all, {
      contentType,
    }).problems.map(({ hyperparameter, rule }) => [hyperparameter, rule]);
  };

  it("needs resize, which RecordIO does not", () => {
    expect(check({}, "image/png")).to.deep.equal([
      ["resize", "required when contentType is image/png"],
    ]);
    expect(check({ resize: 256 }, "image/png")).to.deep.equal([]);
    expect(check({}, "application/x-recordio")).to.deep.equal([]);
  });
});

describeAlgorithm(algorithms["object-detection"], {
  takes: [
    {},
    { base_network: "resnet-50", image_shape: 512 },
    { lr_scheduler_step: "", lr_scheduler_factor: 0.1 },
    { lr_scheduler_step: "10,20", lr_scheduler_factor: 0.5 },
    { freeze_layer_pattern: "^(conv1_|conv2_).*" },
    { optimizer: "rmsprop", weight_decay: 0.01 },
  ],
  refuses: [
    [
      { num_classes: undefined },
      "num_classes",
      "required by Object Detection - MXNet: how many kinds of objects",
      "add it, such as num_classes: 4",
    ],
    [
      { image_shape: 299 },
      "image_shape",
      "a whole number at least 300",
      "raise it to 300 at least",
    ],
    [
      { nms_threshold: 0 },
      "nms_threshold",
      "a number greater than 0 and at most 1",
      "raise it above 0",
    ],
    [
      { lr_scheduler_step: "10", lr_scheduler_factor: 1 },
      "lr_scheduler_factor",
      "a number greater than 0 and less than 1",
      "lower it below 1",
    ],
    [
      { lr_scheduler_factor: 0.5 },
      "lr_scheduler_factor",
      "needs lr_scheduler_step: without that it changes nothing",
      "remove it, or add the epochs, such as lr_scheduler_step: 10,20",
    ],
    [
      { optimizer: "adam", momentum: 0.5 },
      "momentum",
      "needs optimizer sgd, not adam: without that it changes nothing",
      "remove it, or set optimizer: sgd",
    ],
    [{ base_network: "vgg16" }, "base_network", "one of vgg-16, resnet-50", "write vgg-16"],
    [
      { early_stopping_tolerance: 0.1 },
      "early_stopping_tolerance",
      "needs early_stopping True, not False: without that it changes nothing",
      "remove it, or set early_stopping: True",
    ],
  ],
  emits: [
    [{}, "validation:mAP"],
    [{}, "train:smooth_l1"],
  ],
  lacks: [
    [
      {},
      "train:progress",
      "train:progress tells how training went, not how good the model is",
      "gate on train:cross_entropy or train:smooth_l1",
    ],
  ],
});

describeAlgorithm(algorithms["semantic-segmentation"], {
  takes: [
    {},
    { algorithm: "deeplab", backbone: "resnet-101", use_pretrained_model: false },
    { lr_scheduler: "step", lr_scheduler_step: "5,8", lr_scheduler_factor: 0.5 },
    { optimizer: "rmsprop", gamma1: 0.8, gamma2: 0 },
    { crop_size: 17, base_size: 520 },
  ],
  refuses: [
    [
      { num_classes: undefined },
      "num_classes",
      "required by Semantic Segmentation: how many kinds a pixel may be of",
      "add it, such as num_classes: 21",
    ],
    [
      { num_classes: 255 },
      "num_classes",
      "a whole number from 2 to 254",
      "lower it to 254 at most",
    ],
    [{ crop_size: 16 }, "crop_size", "a whole number greater than 16", "raise it above 16"],
    [
      { weight_decay: 1 },
      "weight_decay",
      "a number greater than 0 and less than 1",
      "lower it below 1",
    ],
    [
      { lr_scheduler: "step" },
      "lr_scheduler_step",
      "required when lr_scheduler is step",
      "add it, such as lr_scheduler_step: 10,20",
    ],
    [
      { lr_scheduler_step: "5" },
      "lr_scheduler_step",
      "needs lr_scheduler step, not poly: without that it changes nothing",
      "remove it, or set lr_scheduler: step",
    ],
    [
      { gamma1: 0.5 },
      "gamma1",
      "needs optimizer rmsprop, not sgd: without that it changes nothing",
      "remove it, or set optimizer: rmsprop",
    ],
    [{ algorithm: "unet" }, "algorithm", "one of fcn, psp, deeplab", "write one of these"],
  ],
  emits: [
    [{}, "validation:mIOU"],
    [{}, "validation:pixel_accuracy"],
  ],
});
