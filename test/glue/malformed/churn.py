"""Files for churn_etl."""

from __future__ import annotations

from churn_files import HEADER, line, lines

from malformed.case import BadRow, BadRows, Case, text

ROWS = lines(120)
GOOD = text([HEADER, *ROWS])
NAMES = HEADER.split(",")

# More than the megabyte at the start of a file that is looked at as a whole.
FAR_BELOW = text([HEADER, *ROWS * 110])

FILES = [
    Case(
        "CR alone, as on old Macs, and a byte order mark",
        text(["\ufeff" + HEADER, *ROWS], "\r"),
        120,
    ),
    Case(
        "a phone of 1 MB in Latin-1, which is not used",
        FAR_BELOW + line(Phone="ü" * 2**20).encode("latin-1"),
        13201,
    ),
    Case("empty", b"", "is empty: it needs the header line and one line per customer."),
    Case("a byte order mark alone", b"\xef\xbb\xbf", "is empty: it needs the header line"),
    Case("line ends only", b"\r\n\r\n", "is empty: it needs the header line"),
    Case("a header alone", text([HEADER]), "has a header but no rows"),
    Case("one row", text([HEADER, ROWS[0]]), "all 1 rows have "),
    Case("no header", text(ROWS), "row 1 is data ("),
    Case("a header in small letters", text([HEADER.lower(), *ROWS]), "lacks column 'State', "),
    Case("semicolons", GOOD.replace(b",", b";"), "the header (row 1) lacks column 'State', "),
    Case("tabs", GOOD.replace(b",", b"\t"), "the header (row 1) lacks column 'State', "),
    Case(
        "a column too few",
        text([",".join(NAMES[1:]), *ROWS]),
        "the header (row 1) lacks column 'State'. Expected: State,",
    ),
    Case(
        "a column of another name",
        text([HEADER.replace("Day Mins", "Daytime"), *ROWS]),
        "the header (row 1) lacks column 'Day Mins' and has unknown column 'Daytime'.",
    ),
    Case(
        "a letter that only looks like the right one",
        text([HEADER.replace("State", "Stаte"), *ROWS]),
        "the header (row 1) lacks column 'State' and has unknown column 'Stаte'.",
    ),
    Case(
        "a column twice",
        text([f"{HEADER},State", *ROWS]),
        "the header (row 1) names 'State' more than once.",
    ),
    Case(
        "two columns exchanged",
        text([",".join([NAMES[1], NAMES[0], *NAMES[2:]]), *ROWS]),
        "the header (row 1) has 'Account Length' as column 1, where 'State' belongs",
    ),
    Case(
        "3,000 columns",
        text([",".join(f"c{i}" for i in range(3000)), *ROWS]),
        "'c23', 'c24', and 2975 more. Expected: State,Account Length",
    ),
    Case(
        "a name of 500,000 letters",
        text([f"{'x' * 500_000},{HEADER}", *ROWS]),
        f"the header (row 1) has unknown column '{'x' * 57}...'. Expected:",
    ),
    Case(
        "a header whose quote is never closed",
        text([f'"{HEADER}', *ROWS]),
        "the header (row 1) lacks column 'State', ",
    ),
    Case(
        "a line end within quotes",
        text([HEADER, *ROWS[:20], line(Phone="38\n2")]),
        "2 rows do not fit (none is dropped): row 22: 'KS,128,415,",
    ),
]

STATE = "write the two-letter postal code of a US state or DC"
COUNT = "write a whole number from 0"
MINUTES = "write a number from 0, such as 265.1"


def wide(columns: int) -> str:
    return f"write 21 columns separated by commas, here are {columns}"


def numbers(name: str, value: str) -> BadRow:
    return BadRow(name, line(Day_Mins=value), f", column 'Day Mins': {value!r}, {MINUTES}")


BAD_ROWS = [
    BadRows(
        "rows",
        FAR_BELOW,
        [
            BadRow("too short", "KS,128", f": 'KS,128', {wide(2)}"),
            BadRow("too long", f"{line()},x", wide(22)),
            BadRow("a quote that is never closed", line().replace("KS", '"KS'), wide(1)),
            BadRow("one field of 3 MB", "x" * 3_000_000, f": '{'x' * 57}...', {wide(1)}"),
            BadRow("a state of 1 MB", line(State="K" * 2**20), f"'{'K' * 57}...', {STATE}"),
            BadRow("a state in Latin-1", line(State="Ké").encode("latin-1"), f"'K\ufffd', {STATE}"),
            BadRow("a zero byte in a state", line(State="K\0S"), f"'K\\x00S', {STATE}"),
            BadRow("zero bytes only", bytes(50), wide(1)),
            BadRow("bytes of a picture", bytes(range(14, 256)), "write 21 columns separated"),
            BadRow("quotes within a field", line(State='K"S'), f"'K\"S', {STATE}"),
            BadRow("a backslash", line(State="\\"), f"'\\\\', {STATE}"),
            BadRow("SQL", line(State="' OR 1=1 --"), f'"\' OR 1=1 --", {STATE}'),
            BadRow("emoji", line(State="🔥🔥"), f"'🔥🔥', {STATE}"),
            BadRow(
                "text that runs from right to left", line(State="\u202eSK"), f"'\\u202eSK', {STATE}"
            ),
            BadRow("a state in small letters", line(State="ks"), f"'ks', {STATE}"),
            BadRow("a fraction of a day", line(Account_Length="1.5"), f"'1.5', {COUNT}"),
            numbers("a comma for a point", "1,5"),
            numbers("a comma between thousands", "1,000.5"),
            numbers("NaN", "NaN"),
            numbers("infinity", "Infinity"),
            numbers("minus infinity", "-inf"),
            numbers("an exponent", "1e3"),
            numbers("hexadecimal", "0x1F"),
            numbers("a type", "1f"),
            numbers("Arabic digits", "١٢"),
            numbers("a full-width digit", "１"),
            numbers("a unit", "12 min"),
            numbers("a minus sign of typesetters", "−1"),
            numbers("a negative number", "-1"),
            numbers("a formula", "=1+1"),
            numbers("null", "NULL"),
            numbers("an error of a spreadsheet", "#DIV/0!"),
            numbers("two points", "1.2.3"),
            numbers("a point alone", "."),
            numbers("more than anyone can talk", "1000000001"),
            BadRow("400 digits", line(Day_Mins="9" * 400), f"'{'9' * 57}...', {MINUTES}"),
            BadRow("no number", line(Day_Mins=""), f"'Day Mins': '', it is empty: {MINUTES}"),
            BadRow("no label", line(Churn_=""), ", column 'Churn?': '', write False. or True."),
            BadRow("a label of another kind", line(Churn_="1"), "'Churn?': '1', write False. or"),
            BadRow("commas only", "," * 20, f", column 'State': '', {STATE}"),
            BadRow("a comment", "# exported on Monday", f": '# exported on Monday', {wide(1)}"),
            BadRow("the header again", HEADER, f", column 'State': 'State', {STATE}"),
            BadRow("a sum", "Total: 120", f": 'Total: 120', {wide(1)}"),
        ],
    )
]
