"""
Glue job: telco churn CSV in, training data for a SageMaker built-in algorithm out.

Arguments: S3_INPUT_FILE, S3_TRAIN_KEY, S3_VALIDATE_KEY; optional: S3_TEST_KEY (else the test split
is not written), S3_REPORT_KEY (else there is no report), MAX_DROPPED_ROWS (0: a row that does not
fit fails the job), SEED (of the split).
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

from awsglue.utils import getResolvedOptions
from churn.bad_rows import find_bad_rows
from churn.counts import Counts, check_trainable, count_rows
from churn.errors import BadRow, InputError, rows_error
from churn.features import to_csv_lines
from churn.header import check_header
from churn.rows import number_lines, parse_rows
from churn.schema import output_names
from churn.storage import read_first_line, write_text
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession

REQUIRED = ["S3_INPUT_FILE", "S3_TRAIN_KEY", "S3_VALIDATE_KEY"]
DEFAULTS = {"S3_TEST_KEY": "", "S3_REPORT_KEY": "", "MAX_DROPPED_ROWS": "0", "SEED": "42"}
LISTED_ROWS = 100


def main() -> None:
    options = resolve_options(sys.argv)
    spark = SparkSession.builder.appName("churn-etl").getOrCreate()
    run(spark, options)


def resolve_options(argv: list[str]) -> dict[str, str]:
    """
    Glue knows no optional arguments: it fails on one that is asked for and not there. So only those
    given are asked for.
    """
    given = [name for name in DEFAULTS if any(arg.split("=")[0] == f"--{name}" for arg in argv)]
    return DEFAULTS | getResolvedOptions(argv, REQUIRED + given)


def run(spark: SparkSession, options: dict[str, str]) -> dict:
    """
    Checks the whole input, then writes the splits and the report; returns the report. Raises
    InputError before it writes.
    """
    source = options["S3_INPUT_FILE"]
    max_dropped = whole_number(options, "MAX_DROPPED_ROWS", 0)
    seed = whole_number(options, "SEED", None)
    check_header(read_first_line(spark, source), source)

    lines = number_lines(spark.read.text(source))
    rows = parse_rows(lines, seed)
    # Kept because it is made once and used four times: counted, then written in three parts.
    output = to_csv_lines(rows).persist(StorageLevel.MEMORY_AND_DISK)
    try:
        counts = count_rows(output)
        dropped = find_bad_rows(lines, rows, LISTED_ROWS) if counts.bad else []
        if counts.bad > max_dropped:
            raise rows_error(source, dropped, counts.bad, max_dropped)
        check_trainable(counts, source)
        write_splits(output, options)
    finally:
        output.unpersist()

    report = make_report(counts, dropped, seed, spark.version)
    if options["S3_REPORT_KEY"]:
        write_text(spark, options["S3_REPORT_KEY"], json.dumps(report, indent=2) + "\n")
    print(f"rows: {json.dumps(report['rows'])}")
    return report


def write_splits(output: DataFrame, options: dict[str, str]) -> None:
    """Writes each split that has a folder; small jobs side by side take about as long as one."""
    folders = {
        "train": options["S3_TRAIN_KEY"],
        "validate": options["S3_VALIDATE_KEY"],
        "test": options["S3_TEST_KEY"],
    }

    def write(split: str) -> None:
        lines = output.where(f"split = '{split}'").select("line")
        # Finished lines: with a separator that they do not hold, the writer puts no quotes around
        # them. Overwrite: a run that is tried again finds what the first try left.
        # No _SUCCESS: where training lists the empty marker first, it finds no delimiter in it.
        writer = lines.write.option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        writer.mode("overwrite").csv(folders[split], sep="\t")

    with ThreadPoolExecutor(max_workers=len(folders)) as pool:
        list(pool.map(write, [split for split, folder in folders.items() if folder]))


def make_report(counts: Counts, dropped: list[BadRow], seed: int, spark_version: str) -> dict:
    """
    The report of the run, as JSON-able values. Row numbers are lines of the file; at most
    LISTED_ROWS are listed.
    """
    splits = {split: counts.of_split(split) for split in ("train", "validate", "test")}
    return {
        "rows": {"read": counts.read, "dropped": counts.bad, **splits},
        "columns": output_names(),
        "droppedRows": [
            {"row": row.row, "column": row.column, "value": row.value} for row in dropped
        ],
        "seed": seed,
        "sparkVersion": spark_version,
    }


def whole_number(options: dict[str, str], name: str, minimum: int | None) -> int:
    """The value of an argument that must be a whole number."""
    try:
        number = int(options[name])
    except ValueError:
        number = None
    if number is None or (minimum is not None and number < minimum) or abs(number) >= 2**63:
        least = "" if minimum is None else f" from {minimum}"
        raise InputError(f"argument {name} is {options[name]!r}: write a whole number{least}.")
    return number


if __name__ == "__main__":
    main()
