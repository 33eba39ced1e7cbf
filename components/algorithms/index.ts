import type { Algorithm } from "./algorithm.ts";
import { blazingText } from "./blazingtext/blazingtext.ts";
import { deepar } from "./deepar.ts";
import { factorizationMachines } from "./factorization-machines.ts";
import { imageClassification } from "./image-classification/image-classification.ts";
import { ipInsights } from "./ip-insights.ts";
import { kmeans } from "./kmeans.ts";
import { knn } from "./knn.ts";
import { lda } from "./lda.ts";
import { linearLearner } from "./linear-learner/linear-learner.ts";
import { ntm } from "./ntm.ts";
import { objectDetection } from "./object-detection/object-detection.ts";
import { object2vec } from "./object2vec/object2vec.ts";
import { pca } from "./pca.ts";
import { randomCutForest } from "./random-cut-forest.ts";
import { semanticSegmentation } from "./semantic-segmentation/semantic-segmentation.ts";
import { seq2seq } from "./seq2seq/seq2seq.ts";
import { xgboost } from "./xgboost/xgboost.ts";

/** The catalogue: one file or folder per algorithm beside this one. Tables first, then pairs, text, time and images. */
export const algorithms = {
  xgboost,
  "linear-learner": linearLearner,
  knn,
  "factorization-machines": factorizationMachines,
  kmeans,
  pca,
  randomcutforest: randomCutForest,
  ipinsights: ipInsights,
  object2vec,
  blazingtext: blazingText,
  ntm,
  lda,
  seq2seq,
  "forecasting-deepar": deepar,
  "image-classification": imageClassification,
  "object-detection": objectDetection,
  "semantic-segmentation": semanticSegmentation,
} as const satisfies Readonly<Record<string, Algorithm>>;

/** Names that config may write under `algorithm.name`. */
export type AlgorithmName = keyof typeof algorithms;

export function isAlgorithmName(name: string): name is AlgorithmName {
  return Object.hasOwn(algorithms, name);
}
