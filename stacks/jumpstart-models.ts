/** Algorithms that AWS's list of built-in ones names too, by the plain form of what users write. */
const titles: Readonly<Record<string, string>> = {
  lightgbm: "LightGBM",
  catboost: "CatBoost",
  tabtransformer: "TabTransformer",
  autogluon: "AutoGluon-Tabular",
  autogluontabular: "AutoGluon-Tabular",
  textclassificationtensorflow: "Text Classification - TensorFlow",
  imageclassificationtensorflow: "Image Classification - TensorFlow",
  objectdetectiontensorflow: "Object Detection - TensorFlow",
};

/**
 * Title of the JumpStart model that `name` means, `undefined` where it means none.
 *
 * Such a model is a script and a package of weights beside a general image: SageMaker has no image that would be it.
 */
export function jumpStartTitle(name: string): string | undefined {
  const plain = name.toLowerCase().replace(/[^a-z]/g, "");
  return Object.hasOwn(titles, plain) ? titles[plain] : undefined;
}
