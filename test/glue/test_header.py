from __future__ import annotations

import pytest
from churn.header import EXPECTED, check_header
from churn_files import HEADER, line
from csv_etl.errors import InputError

SWAPPED = [EXPECTED[1], EXPECTED[0], *EXPECTED[2:]]


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        "\ufeff" + HEADER,
        HEADER + "\r",
        HEADER.replace(",", ", "),
        ",".join(f'"{name}"' for name in EXPECTED),
    ],
    ids=["plain", "byte order mark", "carriage return", "spaces", "quotes"],
)
def test_takes_the_header_in_the_spellings_of_spreadsheets(header: str) -> None:
    check_header(header, "a.csv")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (None, "a.csv is empty"),
        ("\ufeff\r", "a.csv is empty"),
        (line(), "row 1 is data (KS,128,415"),
        (HEADER.replace("State,", ""), "lacks column 'State'."),
        (HEADER + ",Extra", "has unknown column 'Extra'."),
        (HEADER.replace("Eve Calls", "Evening Calls"), "'Eve Calls' and has unknown column 'Even"),
        (HEADER + ",State", "names 'State' more than once"),
        (",".join(SWAPPED), "has 'Account Length' as column 1, where 'State' belongs"),
        (HEADER.lower(), "lacks column 'State', "),
        (HEADER.replace(",", ";"), "lacks column 'State', "),
    ],
)
def test_says_what_is_wrong_with_a_header(header: str | None, message: str) -> None:
    with pytest.raises(InputError) as error:
        check_header(header, "a.csv")

    assert message in str(error.value)
    assert "header" in str(error.value)
