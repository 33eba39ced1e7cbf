"""Training data: label first, then the same 69 features whatever the file contains."""

from __future__ import annotations

from pyspark.sql import DataFrame

from churn.schema import CATEGORY_COLUMNS, NUMERIC_COLUMNS


def to_features(rows: DataFrame) -> DataFrame:
    """Good rows of `parse_rows` as the 70 columns that `schema.output_names` names."""
    return rows.selectExpr(
        "label",
        *(f"{column.field} AS `{column.header}`" for column in NUMERIC_COLUMNS),
        *(
            f"int({column.field} = '{value}') AS `{column.header}_{value}`"
            for column in CATEGORY_COLUMNS
            for value in column.values
        ),
    )
