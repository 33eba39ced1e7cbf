"""Files for ratings_etl."""

from __future__ import annotations

import random

from malformed.case import BadRow, BadRows, Case, text

HEADER = "user,item,rating"
SOURCE = random.Random(3)
PAIRS = SOURCE.sample([(u, i) for u in range(15) for i in range(20)], 200)
ROWS = [f"u{u},i{i},{SOURCE.randrange(1, 6)}" for u, i in PAIRS]
GOOD = text([HEADER, *ROWS])


def with_row(row: str) -> bytes:
    return text([HEADER, *ROWS, row])


FILES = [
    Case("CR alone and a byte order mark", text(["\ufeff" + HEADER, *ROWS], "\r"), 200),
    Case("ids of other alphabets", with_row("Zoë 🎬,映画,5"), 201),
    Case("an id with quotes and line separators", with_row('"a ""b""\u2028",i1,5'), 201),
    Case("empty", b"", "is empty: it needs a line of column names, and rows below it."),
    Case("a header alone", text([HEADER]), "has a header but no rows"),
    Case("no header", text(ROWS), "has no column 'user' for the user; its header (row 1) is 'u"),
    Case(
        "a header of 3,000 columns",
        text([",".join(f"c{i}" for i in range(3000))]),
        "'c24',and 2975 more. Name the column with argument USER_COLUMN",
    ),
    Case("a name twice", text(["user,user,rating"]), "the header (row 1) names 'user' more than"),
    Case("tabs", GOOD.replace(b",", b"\t"), "its header (row 1) is 'user\\titem\\trating'. Name"),
    Case(
        "an id of 2 MB",
        with_row(f"{'u' * 2**21},i1,5"),
        f"column 'user' has a text of 2097152 characters ('{'u' * 57}...'), more than the 1000",
    ),
    Case(
        "ids in Latin-1 beyond what is looked at first",
        text([HEADER, *ROWS * 600]) + "Zoë,i1,5\n".encode("latin-1"),
        "column 'user' has texts that are not UTF-8, such as 'Zo\ufffd': Latin-1",
    ),
    Case(
        "classes that are too many",
        text([HEADER, *(f"u{i % 9},i{i},{i}" for i in range(100))]),
        "there are more than 30 different ratings, too many for classes.",
        {"LABEL_AS": "class"},
    ),
    Case(
        "a vocabulary too small",
        GOOD,
        "argument ENC0_VOCAB_SIZE is '3', and the file has 15 users",
        {"ENC0_VOCAB_SIZE": "3"},
    ),
    Case(
        "digits of another script",
        GOOD,
        "argument ENC0_VOCAB_SIZE is '²'",
        {"ENC0_VOCAB_SIZE": "²"},
    ),
]

NUMBER = "write a number, such as 3.5"

BAD_ROWS = [
    BadRows(
        "rows",
        GOOD,
        [
            BadRow("too short", "u1,i1", "write 3 columns separated by commas, here are 2"),
            BadRow("too long", "u1,i1,5,1", "write 3 columns separated by commas, here are 4"),
            BadRow("a quote never closed", '"u1,i1,5', "write 3 columns separated by commas, here"),
            BadRow("no user", ",i1,5", ", column 'user': '', it is empty: write an id"),
            BadRow("a user of spaces", '"  ",i1,5', ", column 'user': '  ', write an id"),
            BadRow("no item", "u1,,5", ", column 'item': '', it is empty: write an id"),
            BadRow("no rating", "u1,i1,", f", column 'rating': '', it is empty: {NUMBER}"),
            BadRow("stars", "u1,i1,★★★", f", column 'rating': '★★★', {NUMBER}"),
            BadRow("NaN", "u1,i1,NaN", f", column 'rating': 'NaN', {NUMBER}"),
            BadRow("a rating too large", "u1,i1,1e400", f", column 'rating': '1e400', {NUMBER}"),
            BadRow("a decimal comma", 'u1,i1,"4,5"', f", column 'rating': '4,5', {NUMBER}"),
        ],
    )
]
