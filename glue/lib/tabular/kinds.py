"""What kind of values each column has: numbers or texts."""

from __future__ import annotations

from dataclasses import dataclass

from csv_etl.errors import InputError
from csv_etl.numbers import is_number_sql
from pyspark.sql import DataFrame

from tabular.layout import Layout

# Standard deviation of the number of different values: a finer count is slower by far, and what
# comes near the limit is counted exactly later on.
ROUGHLY = 0.2
FAR_TOO_MANY = 3


@dataclass(frozen=True)
class Kinds:
    """Of the columns that are used, by position."""

    numbers: frozenset[int]
    """The others hold texts."""
    incomplete: frozenset[int]
    """Those with a value missing in some row."""

    def is_number(self, position: int) -> bool:
        return position in self.numbers


def find_kinds(rows: DataFrame, layout: Layout, most_categories: int, source: str) -> Kinds:
    """
    One Spark job over all rows that have the right number of columns. A column of whose values more
    than half are numbers holds numbers: the others are mistakes.

    Raises InputError over a column without values, a label that is the same in each row, or a
    column of more texts than `most_categories`.
    """
    counts = [
        expression
        for i in layout.used
        for expression in (
            f"count_if(f{i} != '') AS present{i}",
            f"count_if({is_number_sql(f'f{i}')}) AS numbers{i}",
            f"approx_count_distinct(f{i}, {ROUGHLY}) AS values{i}",
        )
    ]
    label = "NULL" if layout.label is None else f"f{layout.label}"
    counts += ["count(*) AS rows", f"min({label}) = max({label}) AS same"]
    found = rows.where("malformed IS NULL").selectExpr(*counts).first()
    if found["rows"] == 0:
        if rows.isEmpty():
            raise InputError(
                f"{source} has a header but no rows: it needs lines of data below the header."
            )
        return Kinds(frozenset(), frozenset())  # each of them is told to be wrong
    numbers = set()
    for i in layout.used:
        name = layout.header[i]
        if found[f"present{i}"] == 0:
            raise InputError(
                f"{source}: column {name!r} is empty in every row. Name it in DROP_COLUMNS."
            )
        if i == layout.label and found["same"] and found["rows"] > 1:
            raise InputError(
                f"{source}: every row has the same value in the label column {name!r}. "
                "A model needs different ones: add rows."
            )
        if i not in layout.texts and 2 * found[f"numbers{i}"] > found[f"present{i}"]:
            numbers.add(i)
        elif found[f"values{i}"] > FAR_TOO_MANY * most_categories:
            raise too_many(source, name, found[f"values{i}"], most_categories, i == layout.label)
    incomplete = {i for i in layout.used if found[f"present{i}"] < found["rows"]}
    return Kinds(frozenset(numbers), frozenset(incomplete))


def too_many(source: str, name: str, count: int, most: int, is_label: bool) -> InputError:
    effect, way_out = "a column", f"Name {name!r} in DROP_COLUMNS"
    if is_label:
        effect, way_out = "a class", "Write numbers there"
    return InputError(
        f"{source}: column {name!r} has about {count} different texts, more than the {most} of "
        f"MAX_CATEGORIES: each would be {effect}. {way_out}, or raise MAX_CATEGORIES "
        "(etl.arguments in the stack's config)."
    )
