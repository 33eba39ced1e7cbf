"""
Glue job: libsvm or CSV of numbers in; the same rows as training data for each algorithm that is to
be compared out, split once for all of them.

A row is put into its split by its features and the seed alone: it is there in whatever file, with
whatever other rows it comes, so what was held out for the test of one run is never trained on in a
later one. Absent features of libsvm are 0 in CSV; a -1 label of a binary task becomes 0.

Arguments: S3_INPUT_FILE (a file, or a folder of files of one format), S3_OUTPUT_KEY (folder, ends
in /: gets <format>/train, <format>/validation, <format>/test, and <format>/features, the test rows
without labels), S3_REPORT_KEY; optional: FORMATS
(csv,libsvm: what to write), TASK (regression, binary or multiclass: what labels must be),
INPUT_FORMAT (auto, libsvm or csv), LABEL_COLUMN (of CSV with a header; the first column), SPLIT
(70,15,15: percent of train, validation, test), SEED (of the split), MAX_TEST_ROWS (0: any number;
or how many can be compared: more fail the job), MAX_DROPPED_ROWS (0: a row that does not fit fails
the job).
"""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from csv_etl.arguments import one_of, resolve_options, whole_number
from csv_etl.errors import KEPT_CHARACTERS, InputError, shortened
from csv_etl.kept_frames import keep
from csv_etl.report import publish
from labelled_vectors.facts import SPLITS, check_comparable, check_test_rows, find_facts
from labelled_vectors.inputs import Inputs, find_inputs
from labelled_vectors.output import FORMATS, check_formats, write_rows
from labelled_vectors.parsing import parse
from labelled_vectors.problems import find_problems, problems_error
from labelled_vectors.split import split_sql
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import greatest, lit

REQUIRED = ["S3_INPUT_FILE", "S3_OUTPUT_KEY", "S3_REPORT_KEY"]
DEFAULTS = {
    "FORMATS": "csv,libsvm",
    "TASK": "regression",
    "INPUT_FORMAT": "auto",
    "LABEL_COLUMN": "",
    "SPLIT": "70,15,15",
    "SEED": "1",
    "MAX_TEST_ROWS": "0",
    "MAX_DROPPED_ROWS": "0",
}


def main() -> None:
    options = resolve_options(sys.argv, DEFAULTS, REQUIRED)
    spark = SparkSession.builder.appName("libsvm-split").getOrCreate()
    run(spark, options)


@contextmanager
def all_uploads_named(source: str) -> Iterator[None]:
    """Says of a folder's files that one which does not fit fails every later run too."""
    try:
        yield
    except InputError as error:
        if not source.endswith("/"):
            raise
        raise InputError(
            f"{error} All uploads so far are read together: upload the corrected file under the "
            "same key, or delete it there."
        ) from None


def run(spark: SparkSession, options: dict[str, str]) -> dict:
    """
    Checks the whole input, then writes the splits and the report; returns the report. Raises
    InputError before it writes.
    """
    source = options["S3_INPUT_FILE"]
    task = one_of(options, "TASK", ["regression", "binary", "multiclass"])
    wanted = one_of(options, "INPUT_FORMAT", ["auto", "libsvm", "csv"])
    formats = formats_of(options)
    seed = whole_number(options, "SEED", None)
    max_test = whole_number(options, "MAX_TEST_ROWS", 0)
    max_dropped = whole_number(options, "MAX_DROPPED_ROWS", 0)
    split = split_sql(options["SPLIT"], seed)

    with all_uploads_named(source), ExitStack() as kept:
        inputs = find_inputs(spark, source, wanted, options["LABEL_COLUMN"])
        rows = keep(read_rows(spark, inputs, task).selectExpr("*", f"{split} AS split"), kept)
        facts = find_facts(rows, task)
        dropped = find_problems(spark, inputs, task) if facts.bad else {}
        if facts.bad > max_dropped:
            raise problems_error(inputs, dropped, facts.bad, max_dropped)
        check_comparable(facts, task, source, options["SPLIT"])
        check_test_rows(facts, max_test, source)
        check_formats(formats, facts, source)
        good = rows.where("problem IS NULL")
        write_rows(good, formats, facts, task, options["S3_OUTPUT_KEY"])

    read = sum(facts.rows.values()) + facts.bad
    report = {
        "rows": {"read": read, "dropped": facts.bad, **facts.rows},
        "files": inputs.paths,
        "inputFormat": inputs.format,
        "formats": formats,
        "task": task,
        "features": facts.features,
        "firstIndex": facts.first,
        "columns": output_columns(inputs),
        "label": inputs.label_name,
        "missing": "error",
        "classes": facts.classes,
        "labelMean": facts.label_mean,
        "droppedRows": [
            {
                "file": path,
                "row": row.row,
                "column": row.column,
                "value": shortened(row.value, KEPT_CHARACTERS),
            }
            for path, rows in dropped.items()
            for row in rows
        ],
        "split": dict(zip(SPLITS, map(int, options["SPLIT"].split(",")), strict=True)),
        "seed": seed,
        "sparkVersion": spark.version,
    }
    publish(spark, report, options["S3_REPORT_KEY"])
    print(f"label: {inputs.described_label()}; {facts.features} features")
    return report


def read_rows(spark: SparkSession, inputs: Inputs, task: str) -> DataFrame:
    """All rows of all files, parsed."""
    lines = spark.read.text(inputs.paths).withColumnRenamed("value", "line")
    rows = parse(lines, inputs, task).drop("line", "value")
    if task == "binary":
        return rows.withColumn("label", greatest("label", lit(0.0)))
    return rows


def output_columns(inputs: Inputs) -> list[str] | None:
    """Names of label and features as the splits have them; None where the input has none."""
    if inputs.header is None:
        return None
    label = inputs.header[inputs.label]
    return [label, *(name for name in inputs.header if name != label)]


def formats_of(options: dict[str, str]) -> list[str]:
    formats = sorted({text.strip() for text in options["FORMATS"].split(",")})
    unknown = [text for text in formats if text not in FORMATS]
    if unknown:
        raise InputError(
            f"argument FORMATS names {unknown[0]!r}: write {' or '.join(FORMATS)}, or both."
        )
    return formats


if __name__ == "__main__":
    main()
