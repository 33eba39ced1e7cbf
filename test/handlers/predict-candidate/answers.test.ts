import { expect } from "chai";
import type { Answer } from "../../../components/algorithms/comparable.ts";
import { readAnswer } from "../../../handlers/predict-candidate/answers.ts";

const csv = (kind: Answer["kind"]): Answer => ({ kind, format: "csv" });
const linear = (kind: Answer["kind"]): Answer => ({ kind, format: "linear-learner json" });

describe("answers of candidates", () => {
  it("hold a number for each row", () => {
    expect(readAnswer(csv("value"), "1.5\n-2e-3\n")).to.deep.equal({ values: [1.5, -0.002] });
    expect(
      readAnswer(linear("value"), '{"predictions": [{"score": 3.5}, {"score": 4}]}'),
    ).to.deep.equal({ values: [3.5, 4] });
    expect(
      readAnswer(
        { kind: "value", format: "knn json" },
        '{"predictions": [{"predicted_label": 2.5}]}',
      ),
    ).to.deep.equal({ values: [2.5] });
  });

  it("hold the probability of class 1, with the label where the model has a threshold of its own", () => {
    expect(readAnswer(csv("probability"), "0.25\n0.5")).to.deep.equal({
      values: [0, 1],
      probabilities: [
        [0.75, 0.25],
        [0.5, 0.5],
      ],
    });
    expect(
      readAnswer(linear("probability"), '{"predictions": [{"score": 0.25, "predicted_label": 1}]}'),
    ).to.deep.equal({ values: [1], probabilities: [[0.75, 0.25]] });
    expect(readAnswer(csv("probability"), "1.0000001").probabilities).to.deep.equal([[0, 1]]);
  });

  it("hold a probability for each class, or the class alone", () => {
    expect(readAnswer(csv("probabilities"), "0.2,0.7,0.1\n").values).to.deep.equal([1]);
    const line = '{"score": [0.1, 0.9], "predicted_label": 0}';
    expect(readAnswer(linear("probabilities"), `${line}\n${line}\n`)).to.deep.equal({
      values: [0, 0],
      probabilities: [
        [0.1, 0.9],
        [0.1, 0.9],
      ],
    });
    expect(readAnswer(csv("class"), "2.0\n0.0\n")).to.deep.equal({ values: [2, 0] });
  });

  it("may come with commas between rows, as of XGBoost's containers up to 1.2-1", () => {
    expect(readAnswer(csv("value"), "1.5,-2,3\n").values).to.deep.equal([1.5, -2, 3]);
    expect(readAnswer(csv("probability"), "0.25,0.75").values).to.deep.equal([0, 1]);
    expect(readAnswer(csv("class"), "2.0,0.0").values).to.deep.equal([2, 0]);
    expect(readAnswer(csv("probabilities"), "[0.2, 0.8],[0.9, 0.1]").probabilities).to.deep.equal([
      [0.2, 0.8],
      [0.9, 0.1],
    ]);
  });

  it("may have the values of a row in brackets, a line each", () => {
    expect(
      readAnswer(csv("probabilities"), "[0.2, 0.8]\n[0.9, 0.1]\n").probabilities,
    ).to.deep.equal([
      [0.2, 0.8],
      [0.9, 0.1],
    ]);
  });

  it("may come as several objects, one a line, as batch transform puts them together", () => {
    const text = '{"predictions": [{"score": 1}, {"score": 2}]}\n{"predictions": [{"score": 3}]}\n';

    expect(readAnswer(linear("value"), text).values).to.deep.equal([1, 2, 3]);
  });

  const unreadable: [Answer, string, RegExp][] = [
    [csv("value"), "nan", /answered null where a number/],
    [csv("value"), "[1,2]", /answered \[1,2\] where a number/],
    [csv("value"), "1,\n", /answered undefined where a number/],
    [csv("probability"), "1.2", /1\.2 where a probability/],
    [csv("class"), "1.5", /1\.5 where a class/],
    [csv("probabilities"), "0.4", /0\.4 where a probability for each class/],
    [linear("value"), "<html>", /<html> where JSON/],
    [linear("value"), '{"predictions": [7]}', /7 where a prediction/],
    [linear("value"), '{"error": "x"}', /undefined where a number/],
  ];
  for (const [answer, text, message] of unreadable) {
    it(`are refused where ${answer.kind} in ${answer.format} is ${text.trim()}`, () => {
      expect(() => readAnswer(answer, text))
        .to.throw(message)
        .with.property("name", "UnreadableAnswer");
    });
  }
});
