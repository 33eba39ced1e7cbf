import { expect } from "chai";
import { curvePictures } from "../../../handlers/record-comparison/curve-pictures.ts";

describe("curvePictures", () => {
  const titles = (pictures: string[]) =>
    pictures.map((picture) => /aria-label="([^"]+)"/.exec(picture)?.[1]);
  const loss = { "train:objective_loss": [0.3, 0.1], "validation:objective_loss": [9, 7] };

  it("draws the splits of a metric together", () => {
    const pictures = curvePictures(
      { "validation:rmse": [2, 1], "train:rmse": [2, 0.5] },
      "regression",
    );

    expect(titles(pictures)).to.have.length(1);
  });

  it("draws apart what is in other units: Linear Learner's loss on labels that it normalizes", () => {
    expect(titles(curvePictures(loss, "regression"))).to.have.length(2);
    expect(titles(curvePictures(loss, "binary"))).to.have.length(1);
  });
});
