from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import churn_etl
import pytest
from churn.schema import AREA_CODES, STATES, output_names
from churn_files import HEADER, line, lines, write
from csv_etl.arguments import DEFAULTS, resolve_options
from csv_etl.errors import InputError

SPLITS = ("train", "validate", "test")
SEED = 42


@pytest.fixture
def run(spark, tmp_path: Path):
    """Runs the job over a file; gives the report and the lines of each split."""

    def run_job(source: str, **options: str) -> tuple[dict, dict[str, list[str]]]:
        folders = {split: tmp_path / split for split in SPLITS}
        report = churn_etl.run(
            spark,
            {
                **DEFAULTS,
                "S3_INPUT_FILE": source,
                "S3_TRAIN_KEY": str(folders["train"]),
                "S3_VALIDATE_KEY": str(folders["validate"]),
                "S3_TEST_KEY": str(folders["test"]),
                "S3_REPORT_KEY": str(tmp_path / "etl.json"),
                **options,
            },
        )
        return report, {split: written(folder) for split, folder in folders.items()}

    return run_job


def written(folder: Path) -> list[str]:
    parts = sorted(folder.glob("part-*.csv"))
    return [text for part in parts for text in part.read_text().splitlines()]


def test_writes_label_and_69_features_in_their_order(run, tmp_path: Path) -> None:
    row = line(State="CA", Area_Code="510", Intl_Plan="yes", Churn_="True.", Day_Mins="12.34")
    source = write(tmp_path / "a.csv", [*[row] * 3, *lines(150)])

    _, splits = run(source)

    expected = ["1", "128", "25", "12.34", "110", "197.4", "99", "244.7", "91", "10.0", "3", "1"]
    expected += [str(int(state == "CA")) for state in STATES]
    expected += [str(int(code == "510")) for code in AREA_CODES]
    expected += ["0", "1"]  # international plan: no, yes
    expected += ["0", "1"]  # voice mail plan: no, yes
    assert len(expected) == len(output_names()) == 70
    all_lines = [text for split in SPLITS for text in splits[split]]
    assert all_lines.count(",".join(expected)) == 3
    assert {text.count(",") for text in all_lines} == {69}


def test_names_the_columns_as_they_are_written() -> None:
    names = output_names()

    assert names[:3] == ["label", "Account Length", "VMail Message"]
    assert names[12:14] == ["State_AK", "State_AL"]
    assert names[-7:] == [
        "Area Code_408",
        "Area Code_415",
        "Area Code_510",
        "Int'l Plan_no",
        "Int'l Plan_yes",
        "VMail Plan_no",
        "VMail Plan_yes",
    ]


def test_reports_what_it_did(run, spark, tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", lines(400))

    report, splits = run(source)

    assert json.loads((tmp_path / "etl.json").read_text()) == report
    counts = {split: len(splits[split]) for split in SPLITS}
    assert report["rows"] == {"read": 400, "dropped": 0, **counts}
    assert report["missing"] == "error"
    assert sum(counts.values()) == 400
    assert report["columns"] == output_names()
    assert report["droppedRows"] == []
    assert (report["seed"], report["sparkVersion"]) == (SEED, "3.5.4")


def test_splits_70_15_15(run, tmp_path: Path) -> None:
    report, _ = run(write(tmp_path / "a.csv", lines(3000)))

    shares = {split: report["rows"][split] / 3000 for split in SPLITS}
    assert shares == pytest.approx({"train": 0.70, "validate": 0.15, "test": 0.15}, abs=0.03)


def test_splits_by_seed_and_row_alone(run, spark, tmp_path: Path) -> None:
    rows = lines(500)
    shuffled = random.Random(1).sample(rows, len(rows))
    _, whole = run(write(tmp_path / "a.csv", rows))
    spark.conf.set("spark.sql.files.maxPartitionBytes", "5000")
    try:
        _, in_pieces = run(write(tmp_path / "b.csv", shuffled))
        pieces = len(list((tmp_path / "train").glob("part-*.csv")))
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
    _, other_seed = run(write(tmp_path / "a.csv", rows), SEED="7")

    assert pieces > 3
    for split in SPLITS:
        assert sorted(in_pieces[split]) == sorted(whole[split])
        assert sorted(other_seed[split]) != sorted(whole[split])


def test_reads_what_spreadsheets_write(run, tmp_path: Path) -> None:
    rows = lines(200)
    _, plain = run(write(tmp_path / "plain.csv", rows))
    quoted = [",".join(f'"{value}"' for value in text.split(",")) for text in rows]
    spaced = [text.replace(",", " , ") for text in rows]
    styles = {
        "crlf": write(tmp_path / "crlf.csv", rows, end="\r\n"),
        "bom": write(tmp_path / "bom.csv", rows, header="\ufeff" + HEADER),
        "quotes": write(tmp_path / "quotes.csv", quoted),
        "blank lines": write(tmp_path / "blank.csv", ["", *rows, "", "  "]),
        "spaces": write(tmp_path / "spaces.csv", spaced),
    }
    no_end = tmp_path / "end.csv"
    no_end.write_text("\n".join([HEADER, *rows]))

    for style, source in {**styles, "no last line end": str(no_end)}.items():
        _, splits = run(source)

        everything = sorted(text for split in SPLITS for text in splits[split])
        assert everything == sorted(text for split in SPLITS for text in plain[split]), style


def test_takes_a_comma_within_quotes_for_no_separator(run, tmp_path: Path) -> None:
    rows = [*lines(200), line(Phone='38,2"46')]

    report, _ = run(write(tmp_path / "a.csv", rows))

    assert report["rows"]["read"] == 201


BROKEN = [
    ({"State": "ZZ"}, "column 'State': 'ZZ', write the two-letter postal code"),
    ({"State": "ks"}, "column 'State': 'ks', write the two-letter"),
    ({"Account_Length": "long"}, "column 'Account Length': 'long', write a whole number"),
    ({"Account_Length": "1.5"}, "column 'Account Length': '1.5', write a whole number"),
    ({"Account_Length": ""}, "column 'Account Length': '', it is empty"),
    ({"Area_Code": "212"}, "column 'Area Code': '212', write 408 or 415 or 510"),
    ({"Intl_Plan": "maybe"}, "column \"Int'l Plan\": 'maybe', write no or yes"),
    ({"VMail_Plan": "Yes"}, "column 'VMail Plan': 'Yes', write no or yes"),
    ({"Day_Mins": "-1"}, "column 'Day Mins': '-1', write a number from 0"),
    ({"Day_Mins": "NaN"}, "column 'Day Mins': 'NaN', write a number"),
    ({"Eve_Mins": "Infinity"}, "column 'Eve Mins': 'Infinity', write a number"),
    ({"Eve_Mins": "inf"}, "column 'Eve Mins': 'inf', write a number"),
    ({"Night_Mins": "1f"}, "column 'Night Mins': '1f', write a number"),
    ({"Night_Mins": "0x1p3"}, "column 'Night Mins': '0x1p3', write a number"),
    ({"Intl_Mins": "1.2.3"}, "column 'Intl Mins': '1.2.3', write a number"),
    ({"Intl_Mins": "9" * 400}, "column 'Intl Mins': '999"),
    ({"CustServ_Calls": "1,000"}, "column 'CustServ Calls': '1,000', write a whole number"),
    ({"Churn_": "True"}, "column 'Churn?': 'True', write False. or True."),
    ({"Churn_": ""}, "column 'Churn?': '', write False. or True."),
]


def test_names_row_column_value_and_remedy_of_what_does_not_fit(run, tmp_path: Path) -> None:
    # One file holds all: each is found where it stands, among rows that fit and blank lines.
    rows = ["", *lines(100)]
    for changes, _ in BROKEN:
        rows += [line(**changes), *lines(2)]
    source = write(tmp_path / "a.csv", rows)

    report, _ = run(source, MAX_DROPPED_ROWS="100")

    expected = []
    for i, (changes, message) in enumerate(BROKEN):
        column = message.split("column ")[1].split(":")[0].strip("'\"")
        [value] = changes.values()
        expected.append({"row": 103 + 3 * i, "column": column, "value": value})
    assert report["droppedRows"] == expected
    assert report["rows"]["dropped"] == len(BROKEN)


@pytest.mark.parametrize(("changes", "message"), BROKEN[:1] + BROKEN[6:8] + BROKEN[-2:-1])
def test_fails_over_one_row_that_does_not_fit(run, tmp_path: Path, changes, message) -> None:
    source = write(tmp_path / "a.csv", [*lines(50), line(**changes)])

    with pytest.raises(InputError) as error:
        run(source)

    assert f"{source}: 1 row does not fit (none is dropped): row 52, {message}" in str(error.value)
    assert "MAX_DROPPED_ROWS" in str(error.value)
    assert not (tmp_path / "train").exists()
    assert not (tmp_path / "etl.json").exists()


@pytest.mark.parametrize(("changes", "message"), BROKEN)
def test_remedies(changes: dict[str, str], message: str) -> None:
    from churn.errors import bad_row
    from churn.schema import INPUT_COLUMNS
    from csv_etl.errors import rows_error

    header = message.split("column ")[1].split(":")[0].strip("'\"")
    position = [column.header for column in INPUT_COLUMNS].index(header)
    [value] = changes.values()

    error = rows_error("a.csv", [bad_row(9, position, "", value)], 1, 0)

    assert f"row 9, {message}" in str(error)


@pytest.mark.parametrize(
    ("broken", "count"),
    [(line().rsplit(",", 1)[0], 20), (line() + ",more", 22), ("what", 1)],
    ids=["missing", "extra", "text"],
)
def test_counts_the_columns_of_a_row_with_too_few_or_many(run, tmp_path, broken, count) -> None:
    source = write(tmp_path / "a.csv", [*lines(10), broken])

    with pytest.raises(InputError) as error:
        run(source)

    assert "row 12: '" in str(error.value)
    assert f"write 21 columns separated by commas, here are {count}" in str(error.value)


def test_sees_a_quote_that_is_never_closed(run, tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", [*lines(10), line().replace("KS", '"KS'), *lines(10)])

    with pytest.raises(InputError) as error:
        run(source)

    assert "1 row does not fit" in str(error.value)
    assert "row 12" in str(error.value)


def test_shows_the_first_rows_and_counts_the_rest(run, spark, tmp_path: Path) -> None:
    rows = lines(300)
    for i in range(20, 300, 20):
        rows[i] = line(State=f"Z{i}")
    spark.conf.set("spark.sql.files.maxPartitionBytes", "3000")
    try:
        with pytest.raises(InputError) as error:
            run(write(tmp_path / "a.csv", rows), MAX_DROPPED_ROWS="13")
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")

    message = str(error.value)
    assert "14 rows do not fit (more than the 13 that MAX_DROPPED_ROWS allows)" in message
    shown = [f"row {i + 2}, column 'State': 'Z{i}'" for i in range(20, 120, 20)]
    assert [message.index(text) for text in shown] == sorted(message.index(text) for text in shown)
    assert "'Z120'" not in message
    assert "; and 9 more" in message


def test_drops_no_more_than_allowed(run, tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", [*lines(200), line(State="ZZ"), line(Day_Mins="x")])

    report, _ = run(source, MAX_DROPPED_ROWS="2")

    assert report["rows"]["read"] == 202
    assert report["rows"]["dropped"] == 2
    assert sum(report["rows"][split] for split in SPLITS) == 200


ONE_CLASS = [text.replace("True.", "False.") for text in lines(200)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("\n", "is empty"),
        (HEADER, "has a header but no rows"),
        (HEADER + "\n\n\n", "has a header but no rows"),
        ("\n".join([HEADER, *ONE_CLASS]), "all 200 rows have 'False.' in column 'Churn?'"),
        ("\n".join([HEADER, line(), line(Churn_="True.")]), "has too few rows: of 2 usable ones"),
        ("\n".join(lines(10)), "row 1 is data"),
    ],
)
def test_refuses_what_no_model_can_be_trained_on(run, tmp_path: Path, content, message) -> None:
    source = tmp_path / "a.csv"
    source.write_text(content)

    with pytest.raises(InputError, match="a.csv") as error:
        run(str(source))

    assert message in str(error.value)
    assert not (tmp_path / "train").exists()


def test_refuses_a_train_split_of_one_class(run, tmp_path: Path) -> None:
    _, splits = run(write(tmp_path / "a.csv", [*lines(300)]))
    # The only row of the other class is one that is known to be no training row.
    test_row = next(
        text
        for text in lines(300)
        if "True." in text and f",{text.split(',')[7]}," in "\n".join(splits["test"])
    )

    with pytest.raises(InputError) as error:
        run(write(tmp_path / "b.csv", [*ONE_CLASS, test_row]))

    assert "none of its 1 rows with 'True.' in column 'Churn?' falls into the train" in str(
        error.value
    )


def test_says_that_there_is_no_such_file(run, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none.csv does not exist"):
        run(str(tmp_path / "none.csv"))
    with pytest.raises(InputError, match="is no single file"):
        run(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "value"), [("SEED", "x"), ("MAX_DROPPED_ROWS", "-1"), ("SEED", "9" * 30)]
)
def test_refuses_arguments_that_are_no_whole_numbers(run, tmp_path: Path, name, value) -> None:
    source = write(tmp_path / "a.csv", lines(100))

    with pytest.raises(InputError, match=f"argument {name} is '{value}'"):
        run(source, **{name: value})


def test_replaces_what_an_earlier_run_left(run, tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", lines(300))
    _, first = run(source)

    _, second = run(source)

    assert second == first


def test_needs_three_arguments_and_knows_four_more(spark, tmp_path: Path, monkeypatch) -> None:
    source = write(tmp_path / "a.csv", lines(300))
    needed = ["--S3_INPUT_FILE", source, "--S3_TRAIN_KEY", str(tmp_path / "train")]
    needed += ["--S3_VALIDATE_KEY", str(tmp_path / "validate")]
    monkeypatch.setattr(sys, "argv", ["churn_etl.py", "--JOB_NAME", "churn", *needed])

    churn_etl.main()

    assert len(written(tmp_path / "train")) > 150
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "train", "validate"]
    argv = [*sys.argv, "--SEED", "7", "--MAX_DROPPED_ROWS=3"]
    options = resolve_options(argv, DEFAULTS)
    assert {**options, "SEED": "7", "MAX_DROPPED_ROWS": "3", "S3_TEST_KEY": ""} == options
