"""Comparisons of fields with values, as split_rows takes them."""

from __future__ import annotations

import operator

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from awsglue.field_paths import existing
from awsglue.not_supported import NotSupported

OPERATORS = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def comparison(frame: DataFrame, comparisons: dict[str, dict[str, object]]) -> Column:
    """
    Whether a row fits all of `{field: {operator: value}}`; null where a field that counts is null.
    """
    condition = F.lit(True)
    for path, tests in comparisons.items():
        for sign, value in tests.items():
            if sign not in OPERATORS:
                raise NotSupported(f"split_rows operator {sign}", OPERATORS)
            condition &= OPERATORS[sign](existing(frame, path, "split_rows"), F.lit(value))
    return condition
