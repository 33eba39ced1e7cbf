"""From lines to rows: SQL that reads a label and its features, and says what does not fit."""

from __future__ import annotations

from csv_etl.lines import LINE_OPTIONS
from csv_etl.numbers import NUMBER_PATTERN, is_number_sql
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from labelled_vectors.inputs import Inputs

# What can be wrong with a row; csv_etl.bad_rows takes numbers.
LABEL, CLASS, WIDTH, PAIR, REPEATED = range(5)

# From here on: no number in a column of CSV, by its position.
COLUMN = 10

# Indices beyond would not fit the integers that readers of libsvm use.
PAIR_PATTERN = f"^[0-9]{{1,9}}:{NUMBER_PATTERN[1:]}"

BLANK = "trim(line) = '' OR (trim(line) LIKE '#%')"


def parse(lines: DataFrame, inputs: Inputs, task: str) -> DataFrame:
    """
    Lines (column `line`, others are kept) to `label`, a number; `features`, an array of (`i`, `v`)
    in the order of `i` without those that are 0 (libsvm) or with all (csv); and `problem`, null
    where the row fits, with its `value`: what stands there. Lines without a row are left out.
    """
    lines = lines.withColumn("line", F.expr("regexp_replace(line, '^\\uFEFF', '')"))
    tokens = _libsvm(lines) if inputs.format == "libsvm" else _csv(lines, inputs)
    label = "CASE WHEN problem IS NULL THEN double(label_text) END"
    rows = tokens.withColumn("label", F.expr(label))
    wrong = f"problem IS NULL AND NOT ({_label_fits(task)})"
    return rows.withColumns(
        {
            "problem": F.expr(f"CASE WHEN {wrong} THEN {CLASS} ELSE problem END"),
            "value": F.expr(f"CASE WHEN {wrong} THEN label_text ELSE value END"),
        }
    ).drop("label_text", "texts")


def _label_fits(task: str) -> str:
    """SQL: whether the label is one of the task's. -1 is the other class of binary libsvm files."""
    return {
        "regression": "true",
        "binary": "label IN (0, 1, -1)",
        "multiclass": "label >= 0 AND label = floor(label) AND label < 1000000",
    }[task]


def _libsvm(lines: DataFrame) -> DataFrame:
    rows = lines.where(f"NOT ({BLANK})").withColumn(
        "tokens", F.expr("split(trim(split(line, '#')[0]), '\\\\s+')")
    )
    # some writers put a plus before positive labels
    rows = rows.withColumns(
        {
            "label_text": F.expr("regexp_replace(tokens[0], '^\\\\+', '')"),
            "texts": F.expr("slice(tokens, 2, greatest(size(tokens) - 1, 0))"),
        }
    ).drop("tokens")
    rows = rows.withColumns(
        {
            "wrong_pair": F.expr(f"filter(texts, t -> NOT ({_is_pair('t')}))[0]"),
            "indices": F.expr("transform(texts, t -> int(split(t, ':')[0]))"),
        }
    )
    repeated = "filter(indices, (i, k) -> array_position(indices, i) <= k)[0]"
    problems = rows.selectExpr(
        "*",
        f"CASE WHEN NOT {is_number_sql('label_text')} THEN {LABEL} "
        f"WHEN wrong_pair IS NOT NULL THEN {PAIR} "
        f"WHEN size(array_distinct(indices)) < size(indices) THEN {REPEATED} END AS problem",
    )
    return problems.selectExpr(
        "*",
        f"CASE problem WHEN {LABEL} THEN label_text WHEN {PAIR} THEN wrong_pair "
        f"WHEN {REPEATED} THEN string({repeated}) END AS value",
        "CASE WHEN problem IS NULL THEN array_sort(filter(transform(texts, t -> struct("
        "int(split(t, ':')[0]) AS i, double(split(t, ':')[1]) AS v)), p -> p.v != 0)) "
        "END AS features",
        "CASE WHEN problem IS NULL THEN array_max(indices) END AS last",
        "CASE WHEN problem IS NULL THEN array_min(indices) END AS first",
    ).drop("wrong_pair", "indices")


def _is_pair(text: str) -> str:
    value = f"split({text}, ':')[1]"
    return f"{text} RLIKE '{PAIR_PATTERN}' AND abs(double({value})) < double('Infinity')"


def _csv(lines: DataFrame, inputs: Inputs) -> DataFrame:
    schema = ", ".join([*(f"f{i} string" for i in range(inputs.width)), "malformed string"])
    rows = lines.where("trim(line) != ''")
    if inputs.header is not None:
        rows = rows.where(~F.col("line").isin(inputs.header_lines))
    positions = [i for i in range(inputs.width) if i != inputs.label]
    places = ", ".join(str(i) for i in positions)
    wrong = (
        "filter(zip_with(texts, places, (t, p) -> "
        f"CASE WHEN {_is_number('t')} THEN NULL ELSE p END), p -> p IS NOT NULL)[0]"
    )
    return (
        rows.withColumn("row", F.from_csv("line", schema, LINE_OPTIONS))
        .selectExpr(
            "*",
            f"row.f{inputs.label} AS label_text",
            f"array({', '.join(f'row.f{i}' for i in positions)}) AS texts",
            f"array({places}) AS places",
        )
        .selectExpr("*", f"{wrong} AS wrong")
        .selectExpr(
            "*",
            f"CASE WHEN row.malformed IS NOT NULL THEN {WIDTH} "
            f"WHEN NOT {_is_number('label_text')} THEN {LABEL} "
            f"WHEN wrong IS NOT NULL THEN {COLUMN} + wrong END AS problem",
        )
        .selectExpr(
            "*",
            f"CASE WHEN problem = {LABEL} THEN label_text "
            f"WHEN problem >= {COLUMN} THEN texts[array_position(places, wrong) - 1] END AS value",
            "CASE WHEN problem IS NULL THEN "
            "transform(texts, (t, k) -> struct(k + 1 AS i, double(t) AS v)) END AS features",
            "1 AS first",
            "size(texts) AS last",
        )
        .drop("row", "wrong", "places")
    )


def _is_number(text: str) -> str:
    """SQL: whether a field holds a number; an empty one does not."""
    return f"coalesce({is_number_sql(text)}, false)"
