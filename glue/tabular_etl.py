"""
Glue job: any CSV with a header in, training data for a SageMaker built-in algorithm out: CSV
without a header, label first.

Columns of numbers stay as they are. Columns of texts become a column of 0 and 1 for each text that
the train split has, in alphabetical order; a text that only the other splits have is 0 in all. A
label of texts becomes 0, 1, ... in alphabetical order. The report names the columns that came out,
the texts, and what stands for missing values: who asks the model needs them.

Arguments: S3_INPUT_FILE, S3_TRAIN_KEY, S3_VALIDATE_KEY; optional (etl.arguments):
S3_TEST_KEY, S3_REPORT_KEY, MAX_DROPPED_ROWS, SEED: as in churn_etl;
LABEL_COLUMN: name of the label in the header; without it there is no label in the output either, as
    algorithms that learn without one want it (contentType: text/csv;label_size=0);
DROP_COLUMNS: names of columns that are not used, separated by commas;
TEXT_COLUMNS: names of columns whose numbers are names of things, such as postal codes;
MISSING: error (a missing value fails the job), mean (of the train split) or zero; a missing text is
    0 in all columns of its texts; a missing label always is an error;
MAX_CATEGORIES: most texts that a column may have (100).
"""

import sys
from contextlib import ExitStack

from csv_etl.arguments import DEFAULTS, one_of, resolve_options, whole_number
from csv_etl.bad_rows import find_bad_rows
from csv_etl.channels import split_folders, write_lines
from csv_etl.errors import rows_error
from csv_etl.header import distinct_names
from csv_etl.kept_frames import keep
from csv_etl.lines import number_lines
from csv_etl.report import make_report, publish
from csv_etl.split import check_splits
from csv_etl.storage import read_first_line
from pyspark.sql import SparkSession
from pyspark.sql.functions import expr
from tabular.encoding import Encoding, find_encoding
from tabular.kinds import find_kinds
from tabular.layout import lay_out
from tabular.rows import describe_bad_row, find_problems, fits_sql, parse_rows

OWN_DEFAULTS = {
    "LABEL_COLUMN": "",
    "DROP_COLUMNS": "",
    "TEXT_COLUMNS": "",
    "MISSING": "error",
    "MAX_CATEGORIES": "100",
}


def main() -> None:
    options = resolve_options(sys.argv, DEFAULTS | OWN_DEFAULTS)
    spark = SparkSession.builder.appName("tabular-etl").getOrCreate()
    run(spark, options)


def run(spark: SparkSession, options: dict[str, str]) -> dict:
    """
    Checks the whole input, then writes the splits and the report; returns the report. Raises
    InputError before it writes.
    """
    source = options["S3_INPUT_FILE"]
    max_dropped = whole_number(options, "MAX_DROPPED_ROWS", 0)
    most_categories = whole_number(options, "MAX_CATEGORIES", 1)
    seed = whole_number(options, "SEED", None)
    missing = one_of(options, "MISSING", ["error", "mean", "zero"])
    may_lack = missing != "error"
    layout = lay_out(distinct_names(read_first_line(spark, source), source), options, source)

    with ExitStack() as kept:
        lines = number_lines(spark.read.text(source))
        rows = keep(parse_rows(lines, layout, seed), kept)
        kinds = find_kinds(rows, layout, most_categories, source)
        fits = fits_sql(layout, kinds, may_lack)
        good = rows.where(fits)
        groups = rows.groupBy(expr(f"IF({fits}, split, NULL)").alias("split")).count().collect()
        numbers = {row["split"]: row["count"] for row in groups}
        bad = numbers.pop(None, 0)
        dropped = []
        if bad:
            problems = find_problems(rows, layout, kinds, may_lack)
            dropped = find_bad_rows(lines, problems, describe_bad_row(layout, kinds))
        if bad > max_dropped:
            raise rows_error(source, dropped, bad, max_dropped)
        check_splits(numbers, source)
        encoding = find_encoding(good, layout, kinds, missing, most_categories, source)
        output = good.selectExpr("split", f"{encoding.line_sql()} AS line")
        write_lines(output, split_folders(options))

    counts = {"read": sum(numbers.values()) + bad, "dropped": bad, **numbers}
    report = make_report(spark, counts, encoding.names(), dropped, seed)
    report.update(described(encoding, missing))
    publish(spark, report, options["S3_REPORT_KEY"])
    return report


def described(encoding: Encoding, missing: str) -> dict:
    """What the report says of the columns, by their names."""
    header, label = encoding.layout.header, encoding.layout.label

    def by_name(values: dict[int, list[str]]) -> dict[str, list[str]]:
        return {header[i]: texts for i, texts in values.items() if texts}

    return {
        "label": None if label is None else header[label],
        "classes": encoding.classes,
        "categories": by_name(encoding.categories),
        "unseenCategories": by_name(encoding.unseen),
        "missing": missing,
        "fillings": {header[i]: float(text) for i, text in encoding.fillings.items()},
    }


if __name__ == "__main__":
    main()
