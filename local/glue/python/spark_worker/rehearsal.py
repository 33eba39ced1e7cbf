"""
What ETL scripts do, in small: the classes that this loads are those in the class archive, and the
code that it runs is compiled, and ready, in a worker.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

ROWS = 2000


def rehearsal_run(work_dir: Path) -> dict:
    """A run of this file for the worker."""
    folder = work_dir / "rehearsal"
    prepare(folder)
    return {
        "run": "rehearsal",
        "script": __file__,
        "argv": ["s3://rehearsal"],
        "pyFiles": [],
        "buckets": {"rehearsal": str(folder)},
        "hadoop": {},
        "cwd": str(folder),
        "env": {},
    }


def prepare(folder: Path) -> None:
    """Makes the folder, with the CSV that is read."""
    folder.mkdir(exist_ok=True)
    rows = (f"n{i % 7},{i}.5,x" for i in range(ROWS))
    (folder / "input.csv").write_text("\n".join(["name,amount,kind", *rows]) + "\n")


def rehearse(root: str) -> None:
    """
    Reads, parses, keeps, counts and writes below `root`, a URI: what nearly every script does.
    """
    spark = SparkSession.builder.appName("rehearsal").getOrCreate()
    rows = _parsed(spark, f"{root}/input.csv").persist(StorageLevel.MEMORY_AND_DISK)
    rows.groupBy("part", "good").count().collect()
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(lambda part: _write(rows, f"{root}/part-{part}", part), (0, 1)))
    rows.unpersist()


def rehearse_more(root: str) -> None:
    """
    Sorts, aggregates and joins, too: classes for the archive, but seconds of a worker's start.
    """
    spark = SparkSession.builder.getOrCreate()
    rows = _parsed(spark, f"{root}/input.csv")
    rows.where("good IS NULL").orderBy("id").limit(3).collect()
    schema = "name string, amount double, kind string"
    frame = spark.read.csv(f"{root}/input.csv", header=True, schema=schema)
    means = frame.groupBy("name").agg(F.avg("amount").alias("mean"))
    joined = frame.join(means, "name").withColumn("above", F.col("amount") > F.col("mean"))
    joined.write.mode("overwrite").csv(f"{root}/joined", header=True)
    joined.write.mode("overwrite").parquet(f"{root}/parquet")
    spark.read.parquet(f"{root}/parquet").count()
    _number_names(frame, f"{root}/json")


def _number_names(frame: DataFrame, folder: str) -> None:
    """Ids for names, joined to the rows that have them, as JSON."""
    latest = frame.groupBy("name").agg(F.expr("max_by(kind, amount)").alias("kind"))
    ordered = latest.coalesce(1).sortWithinPartitions(F.length("name"), "name")
    ids = ordered.selectExpr("name", "int(monotonically_increasing_id()) AS id").persist()
    ids.selectExpr("to_json(named_struct('name', name, 'id', id)) AS line").collect()
    objects = frame.join(ids, "name").selectExpr("amount AS label", "array(id) AS in0")
    objects.coalesce(1).write.mode("overwrite").json(folder)
    frame.selectExpr("approx_count_distinct(name, 0.2)", "collect_set(kind)", "avg(amount)").first()


def _parsed(spark: SparkSession, source: str) -> DataFrame:
    lines = spark.read.text(source).selectExpr(
        "_metadata.file_block_start AS block",
        "monotonically_increasing_id() & 8589934591 AS id",
        "value",
    )
    parsed = lines.where("NOT (block = 0 AND id = 0) AND trim(value) != ''").select(
        "id", F.from_csv("value", "name string, amount string, kind string").alias("row")
    )
    return parsed.selectExpr(
        "id",
        "CASE WHEN concat_ws('', row.amount) RLIKE '^[0-9.]+$' AND row.name IN ('n1', 'n2', 'n3')"
        " AND double(row.amount) BETWEEN 0 AND 1000 AND double(row.amount) % 1 >= 0 THEN 1 END"
        " AS good",
        "int(pmod(xxhash64(row.name, row.amount), 2)) AS part",
        "concat_ws(',', int(row.kind = 'x'), int(double(row.amount)), double(row.amount),"
        " element_at(map('n1', '1,0', 'n2', '0,1'), row.name)) AS line",
    )


def _write(rows: DataFrame, folder: str, part: int) -> None:
    rows.where(f"part = {part}").select("line").write.mode("overwrite").csv(folder, sep="\t")


if __name__ == "__main__":
    rehearse(sys.argv[1])
    if "--more" in sys.argv:
        rehearse_more(sys.argv[1])
