import type { SequenceRows } from "./model-schema.ts";
import { asWritten, RequestRefused } from "./request-refused.ts";

/**
 * One object of a request to Object2Vec: both inputs, whose likeness is asked for, or one, whose embedding is.
 *
 * @throws RequestRefused unless its lists hold ids of the model's vocabulary
 */
export function checkSequences(instance: unknown, row: number, { inputs }: SequenceRows): void {
  const given = (instance ?? {}) as Record<string, unknown>;
  const names = Object.keys(inputs).filter((name) => given[name] !== undefined);
  if (names.length === 0) {
    throw new RequestRefused({
      row,
      value: asWritten(instance),
      problem: `none of ${Object.keys(inputs).join(", ")}`,
      remedy: 'Write {"in0": [6, 17], "in1": [16]}, ids of tokens as training had them',
    });
  }
  for (const name of names) checkIds(given[name], name, row, inputs[name]?.vocabularySize ?? 0);
}

function checkIds(ids: unknown, name: string, row: number, vocabularySize: number) {
  if (!Array.isArray(ids) || ids.length === 0) {
    throw new RequestRefused({
      row,
      name,
      value: asWritten(ids),
      problem: `${name} is no list of ids, or an empty one`,
      remedy: `Write "${name}": [6, 17]`,
    });
  }
  ids.forEach((id, i) => {
    if (Number.isInteger(id) && id >= 0 && id < vocabularySize) return;
    throw new RequestRefused({
      row,
      column: i + 1,
      name,
      value: asWritten(id),
      problem: `no id of the model's vocabulary, which has whole numbers from 0 to ${vocabularySize - 1}`,
      remedy: "Take ids of the run's mapping; who is not in it, the model does not know",
    });
  });
}
