"""What a churn CSV looks like, and what the training data made of it looks like."""

from __future__ import annotations

from dataclasses import dataclass

LABEL = "Churn?"
LABEL_VALUES = {"False.": 0, "True.": 1}

# The 50 states and the District of Columbia, alphabetical by postal code: the order of the one-hot
# columns.
STATES = [
    "AK",
    "AL",
    "AR",
    "AZ",
    "CA",
    "CO",
    "CT",
    "DC",
    "DE",
    "FL",
    "GA",
    "HI",
    "IA",
    "ID",
    "IL",
    "IN",
    "KS",
    "KY",
    "LA",
    "MA",
    "MD",
    "ME",
    "MI",
    "MN",
    "MO",
    "MS",
    "MT",
    "NC",
    "ND",
    "NE",
    "NH",
    "NJ",
    "NM",
    "NV",
    "NY",
    "OH",
    "OK",
    "OR",
    "PA",
    "RI",
    "SC",
    "SD",
    "TN",
    "TX",
    "UT",
    "VA",
    "VT",
    "WA",
    "WI",
    "WV",
    "WY",
]
AREA_CODES = ["408", "415", "510"]
YES_NO = ["no", "yes"]


@dataclass(frozen=True)
class InputColumn:
    """One column of the input file."""

    header: str
    """As it stands in the first line."""
    kind: str
    """
    `category`, `count` (whole number), `minutes` (decimal number), `label`, or `dropped`: not used,
    not checked.
    """
    values: tuple[str, ...] = ()
    """What a category or the label can be."""

    @property
    def field(self) -> str:
        """The name in data frames: one that needs no quoting in SQL."""
        return self.header.lower().replace("'", "").replace("?", "").replace(" ", "_")


INPUT_COLUMNS = [
    InputColumn("State", "category", tuple(STATES)),
    InputColumn("Account Length", "count"),
    InputColumn("Area Code", "category", tuple(AREA_CODES)),
    InputColumn("Phone", "dropped"),
    InputColumn("Int'l Plan", "category", tuple(YES_NO)),
    InputColumn("VMail Plan", "category", tuple(YES_NO)),
    InputColumn("VMail Message", "count"),
    InputColumn("Day Mins", "minutes"),
    InputColumn("Day Calls", "count"),
    InputColumn(
        "Day Charge", "dropped"
    ),  # a charge is its minutes times a constant: it adds nothing
    InputColumn("Eve Mins", "minutes"),
    InputColumn("Eve Calls", "count"),
    InputColumn("Eve Charge", "dropped"),
    InputColumn("Night Mins", "minutes"),
    InputColumn("Night Calls", "count"),
    InputColumn("Night Charge", "dropped"),
    InputColumn("Intl Mins", "minutes"),
    InputColumn("Intl Calls", "count"),
    InputColumn("Intl Charge", "dropped"),
    InputColumn("CustServ Calls", "count"),
    InputColumn(LABEL, "label", tuple(LABEL_VALUES)),
]

NUMERIC_COLUMNS = [column for column in INPUT_COLUMNS if column.kind in ("count", "minutes")]
CATEGORY_COLUMNS = [column for column in INPUT_COLUMNS if column.kind == "category"]


def feature_names() -> list[str]:
    """
    The 69 features in the order of the output: the numbers in file order, then one column per
    category value.
    """
    numbers = [column.header for column in NUMERIC_COLUMNS]
    return numbers + [
        f"{column.header}_{value}" for column in CATEGORY_COLUMNS for value in column.values
    ]


def output_names() -> list[str]:
    """
    All columns of the output: SageMaker's built-in algorithms expect the label first, and no
    header.
    """
    return ["label", *feature_names()]
