"""Files for tabular_etl."""

from __future__ import annotations

import random

from malformed.case import BadRow, BadRows, Case, text

HEADER = "area,heating,price"
SOURCE = random.Random(5)
ROWS = [
    f"{SOURCE.uniform(1, 200):.1f},{SOURCE.choice(['gas', 'oil'])},{SOURCE.randrange(100, 900)}"
    for _ in range(150)
]
GOOD = text([HEADER, *ROWS])
LABEL = {"LABEL_COLUMN": "price"}


def case(name: str, content: bytes, expected: str | int, **options: str) -> Case:
    return Case(name, content, expected, {**LABEL, **options})


FILES = [
    case("CR alone and a byte order mark", text(["\ufeff" + HEADER, *ROWS], "\r"), 150),
    case(
        "names with quotes, spaces and backslashes", GOOD.replace(b"area", b'"it\'s \\ ""a"""'), 150
    ),
    case("empty", b"", "is empty: it needs a line of column names, and rows below it."),
    case("blank lines only", b"\n\n\n", "is empty: it needs a line of column names"),
    case("a header alone", text([HEADER]), "has a header but no rows"),
    case("no header", text(ROWS), "argument LABEL_COLUMN names 'price', which is no column of"),
    case(
        "numbers for names",
        text(["1,2,3", "4,5,6"]),
        "row 1 has numbers only ('1', '2', '3'): it is data, not the header.",
        LABEL_COLUMN="",
    ),
    case(
        "numbers of 200,000 digits for names",
        text([",".join(["7" * 200_000] * 2 + ["8"])]),
        "the header (row 1) names '",
        LABEL_COLUMN="",
    ),
    case("a name missing", text(["area,,price", *ROWS]), "column 2 has no name in the header"),
    case("a comma at the end", text([f"{HEADER},", *ROWS]), "column 4 has no name in the header"),
    case(
        "a name twice",
        text(["area,area,price", *ROWS]),
        "the header (row 1) names 'area' more than once. Give each column a name of its own.",
    ),
    case(
        "5,000 names, all twice",
        text([",".join([f"c{i}" for i in range(5000)] * 2)]),
        "and 4975 more more than once",
        LABEL_COLUMN="",
    ),
    case(
        "5,000 columns and no label",
        text([",".join(f"c{i}" for i in range(5000))]),
        "'c24', and 4975 more.",
    ),
    case("semicolons", GOOD.replace(b",", b";"), "It has 'area;heating;price'."),
    case("the label alone", text(["price", "1", "2"]), "no column is left for features."),
    case(
        "an empty column",
        text([HEADER, *(f",gas,{i}" for i in range(150))]),
        "column 'area' is empty in every row.",
    ),
    case(
        "one label for all",
        text([HEADER, *(f"{i},gas,5" for i in range(150))]),
        "every row has the same value in the label column 'price'.",
    ),
    case("two rows", text([HEADER, *ROWS[:2]]), "has too few rows: of 2 usable ones none falls"),
    case(
        "a text for each row",
        text([HEADER, *(f"1,h{i},{i}" for i in range(500))]),
        "different texts, more than the 100 of MAX_CATEGORIES",
    ),
    case(
        "texts of other alphabets",
        text([HEADER, *(row.replace("gas", "天然气 🔥") for row in ROWS)]),
        150,
    ),
    case(
        "texts with quotes, commas and backslashes",
        text([HEADER, *(row.replace("gas", '"g\\\'""a,s"') for row in ROWS)]),
        150,
    ),
    case(
        "a text of 200,000 letters",
        text([HEADER, *(row.replace("oil", "g" * 200_000) for row in ROWS[:1]), *ROWS]),
        f"column 'heating' has a text of 200000 characters ('{'g' * 57}...'), more than the 1000",
    ),
    case(
        "texts in Latin-1 beyond what is looked at first",
        text([HEADER, *ROWS * 600]) + "1,gaß,5\n".encode("latin-1") * 20,
        "column 'heating' has texts that are not UTF-8, such as 'ga\ufffd': Latin-1",
    ),
    case(
        "classes in Latin-1 beyond what is looked at first",
        text([HEADER, *ROWS * 600]) + "1,gaß,5\n".encode("latin-1"),
        "column 'heating' has texts that are not UTF-8",
        LABEL_COLUMN="heating",
    ),
    case(
        "no such label",
        GOOD,
        "argument LABEL_COLUMN names 'cost', which is no column",
        LABEL_COLUMN="cost",
    ),
    case(
        "two labels",
        GOOD,
        "argument LABEL_COLUMN names 2 columns: name one",
        LABEL_COLUMN="area,price",
    ),
    case(
        "a label that is dropped",
        GOOD,
        "'price' is both LABEL_COLUMN and in DROP_COLUMNS",
        DROP_COLUMNS="price",
    ),
    case(
        "a filling that there is not",
        GOOD,
        "argument MISSING is 'median': write error or mean or zero",
        MISSING="median",
    ),
    case(
        "a seed that is no number",
        GOOD,
        "argument SEED is 'today': write a whole number.",
        SEED="today",
    ),
]

NUMBER = "write a number, as most rows have there, or name the column in TEXT_COLUMNS"


def numbers(name: str, value: str) -> BadRow:
    return BadRow(name, f"{value},gas,5", f", column 'area': {value!r}, {NUMBER}")


BAD_ROWS = [
    BadRows(
        "rows",
        text([HEADER, *ROWS * 600]),
        [
            BadRow(
                "too short", "1,gas", ": '1,gas', write 3 columns separated by commas, here are 2"
            ),
            BadRow("too long", "1,gas,2,3", "write 3 columns separated by commas, here are 4"),
            BadRow("a quote never closed", '1,"gas,5', "write 3 columns separated by commas, here"),
            numbers("a text", "wide"),
            numbers("NaN", "NaN"),
            numbers("infinity", "Infinity"),
            numbers("a number too large", "1e999"),
            numbers("hexadecimal", "0x1F"),
            numbers("a plus sign", "+5"),
            numbers("a zero byte", "1\x002"),
            numbers("Arabic digits", "١٢"),
            numbers("the header again", "area"),
            BadRow("no number", ",gas,5", ", column 'area': '', it is empty: write a number"),
            BadRow("no text", "1,,5", ", column 'heating': '', it is empty: write a text, or set"),
            BadRow(
                "no label", "1,gas,", ", column 'price': '', it is empty: write a number, as it"
            ),
            BadRow("zero bytes only", bytes(20), "write 3 columns separated by commas, here are 1"),
            BadRow("1 MB of digits", f"{'7' * 2**20},gas,5", f"'{'7' * 57}...', {NUMBER}"),
        ],
        LABEL,
    )
]
