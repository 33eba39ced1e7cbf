"""Rows that do not fit, by file and line. Only looked for when there are some."""

from __future__ import annotations

from csv_etl.bad_rows import LISTED_ROWS, find_bad_rows
from csv_etl.errors import BadRow, InputError, rows_error, wrong_width
from csv_etl.fields import fields_of
from csv_etl.lines import number_lines
from pyspark.sql import SparkSession

from labelled_vectors.inputs import Inputs
from labelled_vectors.parsing import CLASS, COLUMN, LABEL, PAIR, REPEATED, WIDTH, parse


def find_problems(spark: SparkSession, inputs: Inputs, task: str) -> dict[str, list[BadRow]]:
    """
    The first rows that do not fit, by file: a file at a time, because a line's number is its place
    in its own file.
    """
    found: dict[str, list[BadRow]] = {}
    room = LISTED_ROWS
    for path in inputs.paths:
        lines = number_lines(spark.read.text(path))
        problems = parse(lines, inputs, task).where("problem IS NOT NULL")
        rows = find_bad_rows(lines, problems, _describer(inputs, task))[:room]
        if rows:
            found[path] = rows
        room -= len(rows)
        if room <= 0:
            break
    return found


def problems_error(
    inputs: Inputs, found: dict[str, list[BadRow]], total: int, max_dropped: int
) -> InputError:
    """One error for all files. `total`: rows that do not fit in all of them."""
    path, rows = next(iter(found.items()))
    text = str(rows_error(path, rows, total, max_dropped))
    label = None if inputs.label_told else inputs.label_name
    if label is not None and any(row.column == label for row in rows):
        text += (
            f" The label is column {label!r}, the first: if it is another one, "
            "name it in LABEL_COLUMN (etl.arguments)."
        )
    if len(found) == 1:
        return InputError(text)
    others = ", ".join(f"{other} (line {rows[0].row})" for other, rows in [*found.items()][1:])
    return InputError(f"{text} There are such rows in {others} too.")


def _describer(inputs: Inputs, task: str):
    def describe(row: int, problem: int, line: str, value: str | None) -> BadRow:
        text = value or ""
        if problem >= COLUMN:
            position = problem - COLUMN
            name = inputs.header[position] if inputs.header else str(position + 1)
            remedy = "write a number" if text else "it is empty: write a number"
            return BadRow(row, name, text, remedy)
        if problem == WIDTH:
            if len(fields_of(line)) == inputs.width:
                return BadRow(row, "", line, "close the quotes that this row opens")
            return wrong_width(row, line, inputs.width)
        column = (inputs.label_name or "label") if problem in (LABEL, CLASS) else ""
        return BadRow(row, column, text, _remedy(problem, task))

    return describe


def _remedy(problem: int, task: str) -> str:
    if problem == LABEL:
        return "write a number as label"
    if problem == CLASS:
        classes = {
            "binary": "0 or 1 (or -1 and 1)",
            "multiclass": "a class from 0 on: 0, 1, 2, ...",
        }
        return f"write {classes[task]}: the task is {task}"
    if problem == PAIR:
        return "write index:value, such as 3:0.25 (qid and other words are not read)"
    assert problem == REPEATED
    return "write each index once"
