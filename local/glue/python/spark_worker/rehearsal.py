"""What ETL scripts do, in small: the classes that this loads are those in the class archive, and ready in a worker."""

from __future__ import annotations

import sys
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as F


def rehearse(folder: Path) -> None:
    """Reads text, CSV and JSON, parses, counts, sorts, joins, keeps, and writes; below `folder`."""
    spark = SparkSession.builder.getOrCreate()
    source = folder / "rehearsal.csv"
    source.write_text("name,amount\n" + "".join(f"n{i % 7},{i}.5\n" for i in range(100)))
    frame = spark.read.csv(source.as_uri(), header=True, schema="name string, amount double")
    lines = spark.read.text(source.as_uri()).selectExpr(
        "_metadata.file_block_start AS block", "monotonically_increasing_id() AS id", "value"
    )
    rows = (
        lines.where("id > 0 AND trim(value) != ''")
        .select("id", F.from_csv("value", "name string, amount string").alias("row"))
        .selectExpr(
            "id",
            "row.name AS name",
            "double(row.amount) AS amount",
            "CASE WHEN row.amount RLIKE '^[0-9]+' THEN 1 END AS good",
            "pmod(xxhash64(row.name), 10) AS bucket",
            "row.name IN ('n1', 'n2') AS listed",
        )
        .persist()
    )
    rows.groupBy("bucket").count().collect()
    rows.where("good IS NULL").orderBy("id").limit(3).collect()
    rows.join(frame.groupBy("name").agg(F.avg("amount")), "name").count()
    for part in (0, 1):
        output = (folder / f"rehearsal-{part}").as_uri()
        rows.where(f"bucket % 2 = {part}").select("name", "amount").write.mode("overwrite").csv(
            output
        )
    rows.write.mode("overwrite").json((folder / "rehearsal-json").as_uri())
    spark.read.json((folder / "rehearsal-json").as_uri()).count()
    rows.unpersist()


if __name__ == "__main__":
    rehearse(Path(sys.argv[1]))
