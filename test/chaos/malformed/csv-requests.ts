import { maxBodyBytes } from "../../../handlers/model-schema/check-request.ts";
import type { MalformedCase } from "./case.ts";
import { of } from "./request-case.ts";

const csv = of("text/csv");

export const csvRequests: readonly MalformedCase[] = [
  csv("as it should be", "1,2,3\n4,5,6\n", "sent"),
  csv("spaces, signs and exponents", " 1 ,-2.5e-3,+.5\r\n", "sent"),
  csv("empty", "", "the request is empty. Give it a row or more"),
  csv("a line end alone", "\n", "the request is empty. Give it a row or more"),
  csv(
    "too few",
    "1,2",
    'row 1, value "1,2": 2 columns, and the model was trained on 3. Add 1: plan, if those at the end are missing',
  ),
  csv(
    "too few in row 1000",
    `${"1,2,3\n".repeat(999)}1,2\n`,
    'row 1000, value "1,2": 2 columns, and the model was trained on 3. Add 1: plan, if those at the end are missing',
  ),
  csv(
    "the label first",
    "0,1,2,3",
    'row 1, value "0,1,2,3": 4 columns, and the model was trained on 3. If the first column is the label, leave it out: a request has features alone',
  ),
  csv(
    "far too many",
    "1,".repeat(500),
    'row 1, value "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,…": 501 columns, and the model was trained on 3. Leave 498 columns out',
  ),
  csv(
    "a comma at the end",
    "1,2,3,",
    'row 1, value "1,2,3,": 4 columns, and the model was trained on 3. If the first column is the label, leave it out: a request has features alone',
  ),
  csv(
    "semicolons",
    "1;2;3",
    'row 1, value "1;2;3": 1 columns, and the model was trained on 3. Separate columns by commas',
  ),
  csv(
    "tabs",
    "1\t2\t3",
    'row 1, value "1\\t2\\t3": 1 columns, and the model was trained on 3. Separate columns by commas',
  ),
  csv(
    "spaces for commas",
    "1 2 3",
    'row 1, value "1 2 3": 1 columns, and the model was trained on 3. Add 2: calls, plan, if those at the end are missing',
  ),
  csv(
    "CR alone",
    "1,2,3\r4,5,6",
    'row 1, value "1,2,3\\r4,5,6": 5 columns, and the model was trained on 3. Leave 2 columns out',
  ),
  csv("a blank line between", "1,2,3\n\n4,5,6", "row 2: an empty line. Leave it out"),
  csv(
    "a header",
    "age,calls,plan\n1,2,3",
    'row 1, value "age,calls,plan": a header, and the model would take it for a row. Leave the line with the names out',
  ),
  csv(
    "a byte order mark",
    "\ufeff1,2,3",
    "row 1: a byte order mark before the first value. Save the file as UTF-8 without one",
  ),
  csv(
    "UTF-16",
    Buffer.from("1,2,3", "utf16le"),
    'row 1, column 1 (age), value "1\\u0000": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  csv(
    "Latin-1",
    Buffer.from("1,é,3", "latin1"),
    "not UTF-8. Save the file as UTF-8, without a byte order mark",
  ),
  csv(
    "a zero byte",
    "1,\u00002,3",
    'row 1, column 2 (calls), value "\\u00002": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  csv(
    "gzip",
    Buffer.from("1f8b0800", "hex"),
    "not UTF-8. Save the file as UTF-8, without a byte order mark",
  ),
  csv(
    "JSON",
    '{"instances": [{"features": [1, 2, 3]}]}',
    'row 1, column 1 (age), value "{\\"instances\\": [{\\"features\\": [1": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  csv(
    "NaN",
    "1,NaN,3",
    'row 1, column 2 (calls), value "NaN": a missing value, and the model was trained on none. Write the number that ETL would have put there, or leave the row out',
  ),
  csv(
    "nan(1)",
    "1,nan(1),3",
    'row 1, column 2 (calls), value "nan(1)": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  csv(
    "infinity",
    "1,inf,3",
    'row 1, column 2 (calls), value "inf": infinity is no feature. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  csv(
    "null",
    "1,null,3",
    'row 1, column 2 (calls), value "null": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  csv(
    "nothing",
    "1,,3",
    'row 1, column 2 (calls), value "": a missing value, and the model was trained on none. Write the number that ETL would have put there, or leave the row out',
  ),
  csv(
    "a text",
    "1,two,3",
    'row 1, column 2 (calls), value "two": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  csv(
    "quotes",
    '1,"2",3',
    'row 1, column 2 (calls), value "\\"2\\"": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  csv(
    "hexadecimal",
    "1,0x2,3",
    'row 1, column 2 (calls), value "0x2": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  csv(
    "Arabic digits",
    "1,٢,3",
    'row 1, column 2 (calls), value "٢": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  csv(
    "a full-width digit",
    "1,２,3",
    'row 1, column 2 (calls), value "２": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  csv(
    "a thousands separator",
    "1,2_000,3",
    'row 1, column 2 (calls), value "2_000": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  csv(
    "a decimal comma",
    "1,2,5,3",
    'row 1, value "1,2,5,3": 4 columns, and the model was trained on 3. If the first column is the label, leave it out: a request has features alone',
  ),
  csv(
    "a number of 64 bits alone",
    "1,1e300,3",
    'row 1, column 2 (calls), value "1e300": too large for a number of 32 bits, as models read them: it would be infinite. Write a number below 3.4e38',
  ),
  csv(
    "400 digits",
    `1,${"9".repeat(400)},3`,
    'row 1, column 2 (calls), value "999999999999999999999999999999999999999999999999999999999999…": too large for a number of 32 bits, as models read them: it would be infinite. Write a number below 3.4e38',
  ),
  csv("a million digits after the point", `1,0.${"1".repeat(1_000_000)},3`, "sent"),
  csv(
    "a text of 1 MB",
    `1,${"x".repeat(2 ** 20)},3`,
    'row 1, column 2 (calls), value "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…": not a number. Write a number, such as 1, 0.5 or -2e-3, without quotes or units',
  ),
  csv(
    "6 MB and a byte",
    "1".repeat(maxBodyBytes + 1),
    "6291457 bytes, and InvokeEndpoint takes 6291456 (6 MB). Send fewer rows at a time",
  ),
  csv("6 MB to the byte", `${"1,2,3\n".repeat(maxBodyBytes / 6)}`, "sent"),
];
