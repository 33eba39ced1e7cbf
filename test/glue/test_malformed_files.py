"""Each file of the corpus, through the script that it is for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import churn_etl
import libsvm_split
import pytest
import ratings_etl
import tabular_etl
from csv_etl import errors
from csv_etl.arguments import DEFAULTS
from csv_etl.errors import InputError
from malformed import churn, formats, libsvm, ratings, tabular
from malformed.case import BadRows, Case

OWN = {"churn": {}, "ratings": ratings_etl.OWN_DEFAULTS, "tabular": tabular_etl.OWN_DEFAULTS}
SCRIPTS = {
    "churn": churn_etl,
    "tabular": tabular_etl,
    "ratings": ratings_etl,
    "libsvm": libsvm_split,
}
CORPORA = {"churn": churn, "tabular": tabular, "ratings": ratings, "libsvm": libsvm}

CORPUS = [
    pytest.param(script, case, id=f"{script}: {case.name}")
    for script, corpus in CORPORA.items()
    for case in (*corpus.FILES, *formats.cases(corpus.GOOD))
]
BAD_ROWS = [
    pytest.param(script, rows, i, id=f"{script} {rows.name}: {rows.rows[i].name}")
    for script, corpus in CORPORA.items()
    for rows in corpus.BAD_ROWS
    for i in range(len(rows.rows))
]

# Of a message: it becomes the cause of the run's failure, which Step Functions bounds.
MOST_CHARACTERS = 4000


def options_for(script: str, folder: Path, source: str) -> dict[str, str]:
    report = {"S3_INPUT_FILE": source, "S3_REPORT_KEY": str(folder / "etl.json")}
    if script == "libsvm":
        return {**libsvm_split.DEFAULTS, **report, "S3_OUTPUT_KEY": f"{folder}/"}
    keys = {"S3_TRAIN_KEY": "train", "S3_VALIDATE_KEY": "validate", "S3_TEST_KEY": "test"}
    folders = {key: str(folder / name) for key, name in keys.items()}
    return {**DEFAULTS, **OWN[script], **report, **folders}


@pytest.mark.parametrize(("script", "case"), CORPUS)
def test_is_read_or_refused_with_a_clear_error(
    spark, tmp_path: Path, script: str, case: Case
) -> None:
    source = tmp_path / "input.csv"
    source.write_bytes(case.content)
    output = tmp_path / "output"
    options = {**options_for(script, output, str(source)), **case.options}

    if isinstance(case.expected, int):
        rows = SCRIPTS[script].run(spark, options)["rows"]
        assert rows["read"] - rows["dropped"] == case.expected
        return
    with pytest.raises(InputError) as error:
        SCRIPTS[script].run(spark, options)

    message = str(error.value)
    assert case.expected in message
    assert re.match(rf"argument |'|(file:)?{source}", message)
    assert len(message.replace(str(source), "")) < MOST_CHARACTERS
    assert not re.search(r"[\x00-\x1f]", message)
    assert not output.exists()


@pytest.fixture(scope="module")
def message_of(spark, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, BadRows], str]:
    """The error over a file of bad rows, with all of them, where it would show a few."""
    messages: dict[tuple[str, str], str] = {}

    def message(script: str, rows: BadRows) -> str:
        if (script, rows.name) not in messages:
            folder = tmp_path_factory.mktemp("rows")
            (folder / "input.csv").write_bytes(rows.content)
            options = options_for(script, folder / "output", str(folder / "input.csv"))
            with (
                mock.patch.object(errors, "SHOWN_ROWS", len(rows.rows)),
                pytest.raises(InputError) as error,
            ):
                SCRIPTS[script].run(spark, {**options, **rows.options})
            assert not (folder / "output").exists()
            messages[script, rows.name] = str(error.value)
        return messages[script, rows.name]

    return message


@pytest.mark.parametrize(("script", "rows", "i"), BAD_ROWS)
def test_says_what_is_wrong_with_a_row(message_of, script: str, rows: BadRows, i: int) -> None:
    message = message_of(script, rows)

    assert f": {len(rows.rows)} rows do not fit (none is dropped): " in message
    place = f"row {rows.first + i}"
    [told] = [
        part for part in re.split(r"; (?=row \d)", message) if re.search(rf"\b{place}\b", part)
    ]
    assert rows.rows[i].expected in told
    assert len(told) < 400
