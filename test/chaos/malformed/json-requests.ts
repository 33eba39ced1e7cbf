import type { MalformedCase } from "./case.ts";
import { of, sequences } from "./request-case.ts";

const json = of("application/json");
const lines = of("application/jsonlines");
const ids = of("application/json", sequences);

/** So deep that JSON can be read, and not be written. */
const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;

export const jsonRequests: readonly MalformedCase[] = [
  json("as it should be", '{"instances": [{"features": [1, 2, 3]}]}', "sent"),
  json(
    "too few",
    '{"instances": [{"features": [1, 2]}]}',
    "row 1: 2 features, and the model was trained on 3. Give each row all features, in the order of training, and no label",
  ),
  json(
    "too many",
    '{"instances": [{"features": [1, 2, 3, 4]}]}',
    "row 1: 4 features, and the model was trained on 3. Give each row all features, in the order of training, and no label",
  ),
  json(
    "cut off",
    '{"instances": [{"features": [1, 2',
    "not JSON: Expected ',' or ']' after array element in JSON at position 33 (line 1 column 34). Mend it; JSON has no NaN",
  ),
  json(
    "NaN",
    '{"instances": [{"features": [1, NaN, 3]}]}',
    'not JSON: Unexpected token \'N\', ..."res": [1, NaN, 3]}]}" is not valid JSON. Mend it; JSON has no NaN',
  ),
  json(
    "a number beyond all numbers",
    '{"instances": [{"features": [1, 1e999, 3]}]}',
    'row 1, column 2 (calls), value "Infinity": infinity is no feature. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  json(
    "null",
    '{"instances": [{"features": [1, null, 3]}]}',
    'row 1, column 2 (calls), value "": a missing value, and the model was trained on none. Write the number that ETL would have put there, or leave the row out',
  ),
  json(
    "a text",
    '{"instances": [{"features": [1, "2", 3]}]}',
    'row 1, column 2 (calls), value "\\"2\\"": not a number. Write a number, without quotes',
  ),
  json(
    "true",
    '{"instances": [{"features": [1, true, 3]}]}',
    'row 1, column 2 (calls), value "true": not a number. Write a number, without quotes',
  ),
  json(
    "a list within",
    '{"instances": [{"features": [1, [2], 3]}]}',
    'row 1, column 2 (calls), value "[2]": not a number. Write a number, without quotes',
  ),
  json(
    "a mapping",
    '{"instances": [{"features": {"0": 1, "1": 2, "2": 3}}]}',
    'row 1, value "{\\"features\\":{\\"0\\":1,\\"1\\":2,\\"2\\":3}}": no list of features. Write {"features": [1, 2.5, …]}',
  ),
  json("no instances", '{"instances": []}', "the request is empty. Give it a row or more"),
  json(
    "null for instances",
    '{"instances": null}',
    'no list "instances". Write {"instances": [{…}, {…}]}',
  ),
  json(
    "instances of nothing",
    '{"instances": [null]}',
    'row 1, value "null": no list of features. Write {"features": [1, 2.5, …]}',
  ),
  json(
    "another word",
    '{"rows": [[1, 2, 3]]}',
    'no list "instances". Write {"instances": [{…}, {…}]}',
  ),
  json(
    "__proto__",
    '{"__proto__": {"instances": [[1, 2, 3]]}}',
    'no list "instances". Write {"instances": [{…}, {…}]}',
  ),
  json(
    "__proto__ for features",
    '{"instances": [{"__proto__": {"features": [1, 2, 3]}}]}',
    'row 1, value "{\\"__proto__\\":{\\"features\\":[1,2,3]}}": no list of features. Write {"features": [1, 2.5, …]}',
  ),
  json("a list", "[[1, 2, 3]]", 'no list "instances". Write {"instances": [{…}, {…}]}'),
  json("a number", "7", 'no list "instances". Write {"instances": [{…}, {…}]}'),
  json("100,000 levels", deep, 'no list "instances". Write {"instances": [{…}, {…}]}'),
  json(
    "100,000 levels for a feature",
    `{"instances": [[1, ${deep}, 3]]}`,
    'row 1, column 2 (calls), value "[…]": not a number. Write a number, without quotes',
  ),
  json(
    "100,000 levels for features",
    `{"instances": [{"features": {"a": ${deep}}}]}`,
    'row 1, value "{…}": no list of features. Write {"features": [1, 2.5, …]}',
  ),
  json(
    "keys twice",
    sparseJson("[0, 0]", "[1, 2]"),
    'row 1, value "[0,0]": not a key of its own for each of 2 values, from 0 to 2. Number the features from 0, and give each value its own',
  ),
  json(
    "keys of texts",
    sparseJson('["0"]', "[1]"),
    'row 1, value "[\\"0\\"]": not a key of its own for each of 1 values, from 0 to 2. Number the features from 0, and give each value its own',
  ),
  json(
    "a key too large",
    sparseJson("[3]", "[1]"),
    'row 1, value "[3]": not a key of its own for each of 1 values, from 0 to 2. Number the features from 0, and give each value its own',
  ),
  json(
    "more keys than values",
    sparseJson("[0, 1]", "[1]"),
    'row 1, value "[0,1]": not a key of its own for each of 1 values, from 0 to 2. Number the features from 0, and give each value its own',
  ),
  lines("as it should be", '{"features": [1, 2, 3]}\n', "sent"),
  lines(
    "a blank line",
    '{"features": [1, 2, 3]}\n\n{"features": [1, 2, 3]}\n',
    'row 2, value "": not JSON: Unexpected end of JSON input. Write one JSON object a line',
  ),
  lines(
    "too few in line 2",
    '{"features": [1, 2, 3]}\n{"features": [1, 2]}\n',
    "row 2: 2 features, and the model was trained on 3. Give each row all features, in the order of training, and no label",
  ),
  ids("ids, as it should be", '{"instances": [{"in0": [1, 9], "in1": [4]}]}', "sent"),
  ids(
    "ids, an id too large",
    '{"instances": [{"in0": [10]}]}',
    "row 1, column 1 (in0), value \"10\": no id of the model's vocabulary, which has whole numbers from 0 to 9. Take ids of the run's mapping; who is not in it, the model does not know",
  ),
  ids(
    "ids, a fraction",
    '{"instances": [{"in0": [1.5]}]}',
    "row 1, column 1 (in0), value \"1.5\": no id of the model's vocabulary, which has whole numbers from 0 to 9. Take ids of the run's mapping; who is not in it, the model does not know",
  ),
  ids(
    "ids, nothing",
    '{"instances": [{}]}',
    'row 1, value "{}": none of in0, in1. Write {"in0": [6, 17], "in1": [16]}, ids of tokens as training had them',
  ),
  ids(
    "ids, null",
    '{"instances": [null]}',
    'row 1, value "null": none of in0, in1. Write {"in0": [6, 17], "in1": [16]}, ids of tokens as training had them',
  ),
];

function sparseJson(keys: string, values: string): string {
  return `{"instances": [{"data": {"features": {"keys": ${keys}, "shape": [3], "values": ${values}}}}]}`;
}
