"""
Glue job: telco churn CSV in, training data for a SageMaker built-in algorithm out.

Arguments: S3_INPUT_FILE, S3_TRAIN_KEY, S3_VALIDATE_KEY; optional: S3_TEST_KEY (else the test split
is not written), S3_REPORT_KEY (else there is no report), MAX_DROPPED_ROWS (0: a row that does not
fit fails the job), SEED (of the split).
"""

import sys
from contextlib import ExitStack

from churn.counts import Counts, check_trainable, count_rows
from churn.errors import bad_row
from churn.features import to_csv_lines
from churn.header import check_header
from churn.rows import find_problems, parse_rows
from churn.schema import output_names
from csv_etl.arguments import DEFAULTS, resolve_options, whole_number
from csv_etl.bad_rows import find_bad_rows
from csv_etl.channels import split_folders, write_lines
from csv_etl.errors import rows_error
from csv_etl.kept_frames import keep
from csv_etl.lines import number_lines
from csv_etl.report import make_report, publish
from csv_etl.split import SPLITS
from csv_etl.storage import read_first_line
from pyspark.sql import SparkSession


def main() -> None:
    options = resolve_options(sys.argv, DEFAULTS)
    spark = SparkSession.builder.appName("churn-etl").getOrCreate()
    run(spark, options)


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
    with ExitStack() as kept:
        # Made once and used four times: counted, then written in three parts.
        output = keep(to_csv_lines(rows), kept)
        counts = count_rows(output)
        dropped = find_bad_rows(lines, find_problems(rows), bad_row) if counts.bad else []
        if counts.bad > max_dropped:
            raise rows_error(source, dropped, counts.bad, max_dropped)
        check_trainable(counts, source)
        write_lines(output, split_folders(options))

    report = make_report(spark, numbers_of(counts), output_names(), dropped, seed)
    report["missing"] = "error"  # a row with a missing value never gets here
    publish(spark, report, options["S3_REPORT_KEY"])
    return report


def numbers_of(counts: Counts) -> dict[str, int]:
    splits = {split: counts.of_split(split) for split in SPLITS}
    return {"read": counts.read, "dropped": counts.bad, **splits}


if __name__ == "__main__":
    main()
