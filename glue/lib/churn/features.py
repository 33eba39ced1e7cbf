"""Training data: label first, then the same 69 features whatever the file contains."""

from __future__ import annotations

from pyspark.sql import DataFrame

from churn.schema import CATEGORY_COLUMNS, NUMERIC_COLUMNS, InputColumn

LABEL_SQL = "int(row.churn = 'True.')"


def to_csv_lines(rows: DataFrame) -> DataFrame:
    """
    Rows of `parse_rows` as `split`, `label` and `line`: the values of `schema.output_names`,
    separated by commas. `split` stays null for rows that do not fit.

    One column of finished text instead of 70: half the time, and little to keep for the jobs that
    follow. All values are numbers, so none needs quotes.
    """
    values = [
        LABEL_SQL,
        *(_number_sql(column) for column in NUMERIC_COLUMNS),
        *(_one_hot_sql(column) for column in CATEGORY_COLUMNS),
    ]
    return rows.selectExpr(
        "split", f"{LABEL_SQL} AS label", f"concat_ws(',', {', '.join(values)}) AS line"
    )


def _number_sql(column: InputColumn) -> str:
    number = f"double(row.{column.field})"
    return f"int({number})" if column.kind == "count" else number


def _one_hot_sql(column: InputColumn) -> str:
    """Text such as 0,1,0: looked up, where 51 comparisons a row would be made for the states."""
    entries = (
        f"'{value}', '{','.join(str(int(other == value)) for other in column.values)}'"
        for value in column.values
    )
    return f"element_at(map({', '.join(entries)}), row.{column.field})"
