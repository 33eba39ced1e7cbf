import type { HyperparameterRule } from "../algorithm.ts";
import { usedOnly, when } from "../condition.ts";
import { imageContentTypes } from "../image-content-types.ts";

const images: readonly string[] = imageContentTypes;

/** Height and width, in pixels; `undefined` for a text of another form. */
function sides(imageShape = "3,224,224"): number[] | undefined {
  const [, height, width] = imageShape.split(",").map(Number);
  if (height === undefined || width === undefined) return undefined;
  return [height, width];
}

export const imageClassificationRules: readonly HyperparameterRule[] = [
  function resizedImages({ hyperparameters: { resize }, contentType }) {
    if (resize !== undefined || !images.includes(contentType ?? "")) return undefined;
    return {
      hyperparameter: "resize",
      rule: `required when contentType is ${contentType}`,
      remedy: "add it, such as resize: 256; it must not be smaller than image_shape",
    };
  },

  function resizedToShapeAtLeast({ hyperparameters: { resize, image_shape } }) {
    const longest = Math.max(...(sides(image_shape) ?? [0]));
    if (resize === undefined || !(Number(resize) < longest)) return undefined;
    return {
      hyperparameter: "resize",
      rule: `at least the longer side of image_shape (${longest})`,
      remedy: `raise it to ${longest} at least`,
    };
  },

  function pretrainedDepths({ hyperparameters: { use_pretrained_model, num_layers } }) {
    if (use_pretrained_model !== "1" || num_layers === undefined) return undefined;
    if (/^(18|34|50|101|152|200)$/.test(num_layers)) return undefined;
    return {
      hyperparameter: "num_layers",
      rule: "one of 18, 34, 50, 101, 152, 200 when use_pretrained_model is 1",
      remedy: "write one of these, such as 18, or use_pretrained_model: 0",
    };
  },

  function pretrainedShape({ hyperparameters: { use_pretrained_model, image_shape } }) {
    if (use_pretrained_model !== "1" || image_shape === undefined) return undefined;
    if (sides(image_shape)?.every((side) => side === 224)) return undefined;
    return {
      hyperparameter: "image_shape",
      rule: "224 x 224 when use_pretrained_model is 1",
      remedy: "leave it out, or write use_pretrained_model: 0",
    };
  },

  function checkpointsWithinEpochs({ hyperparameters: { checkpoint_frequency, epochs = "30" } }) {
    if (checkpoint_frequency === undefined) return undefined;
    if (!(Number(checkpoint_frequency) > Number(epochs))) return undefined;
    return {
      hyperparameter: "checkpoint_frequency",
      rule: `at most epochs (${epochs})`,
      remedy: `lower it to ${epochs} at most`,
    };
  },

  function decayNeedsSteps({ hyperparameters: { lr_scheduler_factor, lr_scheduler_step } }) {
    if (lr_scheduler_factor === undefined || lr_scheduler_step !== undefined) return undefined;
    if (Number(lr_scheduler_factor) === 0.1) return undefined;
    return {
      hyperparameter: "lr_scheduler_factor",
      rule: "needs lr_scheduler_step: without that it changes nothing",
      remedy: "remove it, or add the epochs, such as lr_scheduler_step: 10,20",
    };
  },

  ...usedOnly(when("multi_label", "1"), "use_weighted_loss"),
  ...usedOnly(when("optimizer", "sgd", "nag"), "momentum", "weight_decay"),
  ...usedOnly(when("optimizer", "adam"), "beta_1", "beta_2"),
  ...usedOnly(when("optimizer", "adam", "rmsprop"), "eps"),
  ...usedOnly(when("optimizer", "rmsprop"), "gamma"),
  ...usedOnly(
    when("early_stopping", "True"),
    "early_stopping_min_epochs",
    "early_stopping_patience",
    "early_stopping_tolerance",
  ),
];
