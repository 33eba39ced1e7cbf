import type { MalformedCase } from "./case.ts";
import { dense, frames, record, sparse } from "./records.ts";
import { of } from "./request-case.ts";

const libsvm = of("text/libsvm");
const records = of("application/x-recordio-protobuf");

export const otherRequests: readonly MalformedCase[] = [
  libsvm("as it should be", "1:1 3:0.5\n0 2:1\n", "sent"),
  libsvm(
    "an index too large",
    "4:1",
    'row 1, value "4:1": no pair of an index up to 3, above those before it, and a value. Write 3:0.5 7:1, with the indices of training',
  ),
  libsvm(
    "an index of 30 digits",
    `${"9".repeat(30)}:1`,
    'row 1, value "999999999999999999999999999999:1": no pair of an index up to 3, above those before it, and a value. Write 3:0.5 7:1, with the indices of training',
  ),
  libsvm(
    "falling indices",
    "2:1 1:1",
    'row 1, value "1:1": no pair of an index up to 3, above those before it, and a value. Write 3:0.5 7:1, with the indices of training',
  ),
  libsvm(
    "an index twice",
    "1:1 1:2",
    'row 1, value "1:2": no pair of an index up to 3, above those before it, and a value. Write 3:0.5 7:1, with the indices of training',
  ),
  libsvm(
    "a negative index",
    "-1:1",
    'row 1, value "-1:1": no pair of an index up to 3, above those before it, and a value. Write 3:0.5 7:1, with the indices of training',
  ),
  libsvm(
    "no value",
    "1:",
    'row 1, column 1, value "": a missing value, and the model was trained on none. Write the number that ETL would have put there, or leave the row out',
  ),
  libsvm(
    "NaN",
    "1:nan",
    'row 1, column 1, value "nan": a missing value, and the model was trained on none. Write the number that ETL would have put there, or leave the row out',
  ),
  libsvm(
    "a word",
    "1:x",
    'row 1, column 1, value "x": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  libsvm(
    "CSV",
    "1,2,3",
    'row 1, value "1,2,3": no feature at all. Write 3:0.5 7:1, with the indices of training',
  ),
  libsvm(
    "a label alone",
    "1",
    'row 1, value "1": no feature at all. Write 3:0.5 7:1, with the indices of training',
  ),
  records("as they should be", frames(dense(1, 2, 3), sparse(0, 2)), "sent"),
  records(
    "too few",
    frames(dense(1, 2)),
    "row 1: 2 features, and the model was trained on 3. Give each record all features, in the order of training",
  ),
  records(
    "too many",
    frames(dense(1, 2, 3, 4)),
    "row 1: 4 features, and the model was trained on 3. Give each record all features, in the order of training",
  ),
  records(
    "NaN",
    frames(dense(1, Number.NaN, 3)),
    'row 1, column 2, value "NaN": not a finite number. Write the number that ETL would have put there, or leave the record out',
  ),
  records(
    "infinity",
    frames(dense(1, Number.POSITIVE_INFINITY, 3)),
    'row 1, column 2, value "Infinity": not a finite number. Write the number that ETL would have put there, or leave the record out',
  ),
  records(
    "NaN in a sparse one",
    frames(sparse(0, Number.NaN)),
    'row 1, column 2, value "NaN": not a finite number. Write the number that ETL would have put there, or leave the record out',
  ),
  records(
    "a key too large",
    frames(sparse(0, 3)),
    'row 1, value "3": a key beyond 2, the last feature that the model was trained on. Number the features from 0, as training did',
  ),
  records(
    "a key twice",
    frames(sparse(1, 1)),
    "row 1: not a key of its own for each of 2 values. Give each value the number of its feature, and each feature once",
  ),
  records(
    "fewer values than keys",
    frames(record(Buffer.from([0x12, 2, 0, 1]))),
    "row 1: not a key of its own for each of 0 values. Give each value the number of its feature, and each feature once",
  ),
  records(
    "features twice",
    frames(Buffer.concat([dense(1, 2, 3), dense(1, 2, 3)])),
    "row 1: a record without numbers as features, or with several such. Write features as a tensor of float32",
  ),
  records(
    "cut off",
    frames(dense(1, 2, 3)).subarray(0, 20),
    "row 1: no record of RecordIO-protobuf here. Write the file again with a library for it; it may be cut off",
  ),
  records(
    "a record that says it is longer",
    frames(dense(1, 2, 3).subarray(0, 9)),
    "row 1: no record of RecordIO-protobuf here. Write the file again with a library for it; it may be cut off",
  ),
  records("no record", frames(), "the request is empty. Give it a row or more"),
  records(
    "an empty record",
    frames(record(new Uint8Array())),
    "row 1: 0 features, and the model was trained on 3. Give each record all features, in the order of training",
  ),
  records(
    "zero bytes",
    new Uint8Array(64),
    "row 1: no record of RecordIO-protobuf here. Write the file again with a library for it; it may be cut off",
  ),
  records(
    "text",
    "1,2,3",
    "row 1: no record of RecordIO-protobuf here. Write the file again with a library for it; it may be cut off",
  ),
  of("image/png")("an image", "x", "sent unchecked: image/png has no rows"),
  of("application/x-parquet")(
    "what nobody checks",
    "PAR1",
    "sent unchecked: nothing is known of the rows of application/x-parquet",
  ),
  of("")("no content type", "1,2,3", "sent unchecked: nothing is known of the rows of "),
  of("text/csv; charset=utf-16")(
    "a content type of another encoding",
    "1,2",
    'row 1, value "1,2": 2 columns, and the model was trained on 3. Add 1: plan, if those at the end are missing',
  ),
  of("TEXT/CSV")(
    "a content type in capitals",
    "1,2",
    'row 1, value "1,2": 2 columns, and the model was trained on 3. Add 1: plan, if those at the end are missing',
  ),
];
