from __future__ import annotations

import pytest
from csv_etl.lines import number_lines
from csv_etl.split import split_sql


def test_numbers_lines_by_block_and_position(spark, tmp_path) -> None:
    source = tmp_path / "a.txt"
    texts = [f"line {i}" for i in range(2000)]
    source.write_text("\n".join(texts))
    spark.conf.set("spark.sql.files.maxPartitionBytes", "4000")
    try:
        numbered = number_lines(spark.read.text(str(source)))
        rows = numbered.orderBy("block", "position").collect()
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")

    assert len({row.block for row in rows}) > 3
    assert [row.line for row in rows] == texts


@pytest.mark.parametrize("seed", [0, 42, -1, 2**63 - 1])
def test_gives_equal_lines_one_split(spark, seed: int) -> None:
    frame = spark.createDataFrame([("a",), (" a ",), ("b",)], "line string")

    splits = [
        row.split for row in frame.selectExpr(f"{split_sql(['line'], seed)} AS split").collect()
    ]

    assert splits[0] == splits[1]
    assert set(splits) <= {"train", "validate", "test"}
