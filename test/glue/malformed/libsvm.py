"""Files for libsvm_split."""

from __future__ import annotations

import random

from malformed.case import BadRow, BadRows, Case, text

SOURCE = random.Random(7)
VALUES = [[round(SOURCE.uniform(-9, 9), 2) for _ in range(4)] for _ in range(120)]
ROWS = [" ".join([f"{v[0]}", *(f"{i}:{x}" for i, x in enumerate(v[1:], 1))]) for v in VALUES]
CSV_ROWS = [",".join(map(str, values)) for values in VALUES]
HEADER = "weight,a,b,c"
GOOD = text(ROWS)


def with_row(row: str) -> bytes:
    return text([*ROWS, row])


FILES = [
    Case("CR alone and a byte order mark", text(["\ufeff" + ROWS[0], *ROWS[1:]], "\r"), 120),
    Case("CSV with a header", text([HEADER, *CSV_ROWS]), 120),
    Case("CSV without a header", text(CSV_ROWS), 120),
    Case("empty", b"", "has no rows in its first 50 lines."),
    Case("comments only", b"# one\n# two\n", "has no rows in its first 50 lines."),
    Case("labels only", b"1\n2\n3\n", "row '1' has no feature. Write CSV with a label and"),
    Case("prose", b"Dear all\nattached\n", "row 'Dear all' has no feature. Write CSV with a"),
    Case(
        "indices too far apart for CSV",
        with_row("1 999999999:1"),
        "has feature indices up to 999999999: as CSV each row would have 999999999 columns",
    ),
    Case(
        "semicolons",
        text(["weight;a;b;c", *(row.replace(",", ";") for row in CSV_ROWS)]),
        "row 'weight;a;b;c' is separated by ;: write commas",
    ),
    Case(
        "semicolons and decimal commas, without a header",
        text(row.replace(",", ";").replace(".", ",") for row in CSV_ROWS),
        "is separated by ;: write commas, and points in decimal numbers.",
    ),
    Case("tabs", text([HEADER.replace(",", "\t")]), "is separated by tabs: write commas"),
    Case("spaces", text(["1 2 3", "4 5 6"]), "row '1 2 3' is separated by spaces: write commas"),
    Case("a header only", text([HEADER]), "has no rows below the header."),
    Case(
        "the same label everywhere",
        text(f"1,{row}" for row in CSV_ROWS),
        "all 120 rows have label 1: there is nothing to predict.",
    ),
    Case("a name missing", text(["weight,,b,c", *CSV_ROWS]), "column 2 has no name in the header"),
    Case("a name twice", text(["weight,a,a,c", *CSV_ROWS]), "the header (row 1) names 'a' more"),
    Case(
        "a label column that there is not",
        text([HEADER, *CSV_ROWS]),
        "argument LABEL_COLUMN names 'rings', which is no column of",
        {"LABEL_COLUMN": "rings"},
    ),
    Case(
        "classes in a file of weights",
        GOOD,
        "write 0 or 1 (or -1 and 1): the task is binary",
        {"TASK": "binary"},
    ),
    Case("rows that are all alike", text(["1 1:2"] * 100), "has too few rows: of 100 usable ones"),
    Case("percentages of 110", GOOD, "argument SPLIT is '80,20,10': write", {"SPLIT": "80,20,10"}),
    Case("a format that there is not", GOOD, "argument FORMATS names 'arff'", {"FORMATS": "arff"}),
]

PAIR = "write index:value, such as 3:0.25 (qid and other words are not read)"


def pairs(name: str, row: str, wrong: str) -> BadRow:
    return BadRow(name, row, f": {wrong!r}, {PAIR}")


BAD_ROWS = [
    BadRows(
        "libsvm",
        GOOD,
        [
            BadRow(
                "a word for a label", "heavy 1:2", ", column 'label': 'heavy', write a number as"
            ),
            BadRow(
                "an infinite label", "1e999 1:2", ", column 'label': '1e999', write a number as"
            ),
            BadRow("CSV", "1,2,3,4", ", column 'label': '1,2,3,4', write a number as label"),
            BadRow("an index twice", "1 1:2 1:3", ": '1', write each index once"),
            pairs("a pair without a value", "1 1: 2:3", "1:"),
            pairs("a pair without an index", "1 :5", ":5"),
            pairs("a word for a pair", "1 1:2 x", "x"),
            pairs("a negative index", "1 -1:5", "-1:5"),
            pairs("an index too large", "1 9999999999:5", "9999999999:5"),
            pairs("NaN", "1 1:nan", "1:nan"),
            pairs("an infinite value", "1 1:1e999", "1:1e999"),
            pairs("a query id", "1 qid:7 1:2", "qid:7"),
            pairs("two colons", "1 1:2:3", "1:2:3"),
            BadRow("a pair of 1 MB", f"1 1:{'9' * 2**20}", f": '1:{'9' * 55}...', {PAIR}"),
            BadRow("zero bytes only", bytes(9), ", column 'label': '\\x00"),
        ],
    ),
    BadRows(
        "CSV",
        text([HEADER, *CSV_ROWS]),
        [
            BadRow("too short", "1,2", ": '1,2', write 4 columns separated by commas, here are 2"),
            BadRow("too long", "1,2,3,4,5", "write 4 columns separated by commas, here are 5"),
            BadRow("an empty field", "1,,3,4", ", column 'a': '', it is empty: write a number"),
            BadRow("a text", "1,x,3,4", ", column 'a': 'x', write a number"),
            BadRow("infinity", "1,2,inf,4", ", column 'b': 'inf', write a number"),
            BadRow(
                "a label too large", "1e400,2,3,4", ", column 'weight': '1e400', write a number as"
            ),
            BadRow(
                "a field of 1 MB", f"1,{'x' * 2**20},3,4", f", column 'a': '{'x' * 57}...', write"
            ),
            BadRow("a quote never closed", '"1,2,3,4', "write 4 columns separated by commas, here"),
        ],
    ),
]
