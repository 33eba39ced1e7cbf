"""What a run tells: part of the record that the pipeline keeps of it."""

from __future__ import annotations

import json

from pyspark.sql import SparkSession

from csv_etl.errors import KEPT_CHARACTERS, BadRow, shortened
from csv_etl.split import SPLITS
from csv_etl.storage import write_text


def make_report(
    spark: SparkSession,
    rows: dict[str, int],
    columns: list[str],
    dropped: list[BadRow],
    seed: int,
) -> dict:
    """
    JSON-able values. `rows` has `read`, `dropped` and the number of each split; `dropped` lists
    the first rows that were, by line of the file.
    """
    return {
        "rows": {key: rows.get(key, 0) for key in ("read", "dropped", *SPLITS)},
        "columns": columns,
        "droppedRows": [
            {
                "row": row.row,
                "column": row.column,
                "value": shortened(row.value, KEPT_CHARACTERS),
            }
            for row in dropped
        ],
        "seed": seed,
        "sparkVersion": spark.version,
    }


def publish(spark: SparkSession, report: dict, key: str) -> None:
    """Writes the report where `key` says, if it says so, and logs the numbers of rows."""
    if key:
        write_text(spark, key, json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    print(f"rows: {json.dumps(report['rows'])}")
