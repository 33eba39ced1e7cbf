from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

import pytest
import tabular_etl
from csv_etl.arguments import DEFAULTS
from csv_etl.errors import InputError

SPLITS = ("train", "validate", "test")
HEADER = ["id", "area", "heating", "zip", "price"]
HEATINGS = ["gas", "oil", 'it\'s \\ "odd", so']


def table(count: int = 300) -> list[list[str]]:
    source = random.Random(5)
    return [
        [
            f"h{i}",
            f"{source.uniform(-50, 200):.1f}",
            source.choice(HEATINGS),
            source.choice(["08901", "10115"]),
            str(source.randrange(100, 900)),
        ]
        for i in range(count)
    ]


def write(path: Path, rows: list[list[str]], header: list[str] = HEADER) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    path.write_text(text.getvalue())
    return str(path)


@pytest.fixture
def run(spark, tmp_path: Path):
    """Runs the job over a file; gives the report and the rows of each split."""

    def run_job(source: str, **options: str) -> tuple[dict, dict[str, list[str]]]:
        output = tmp_path / "output"
        folders = {split: output / split for split in SPLITS}
        report = tabular_etl.run(
            spark,
            {
                **DEFAULTS,
                **tabular_etl.OWN_DEFAULTS,
                "S3_INPUT_FILE": source,
                "S3_TRAIN_KEY": str(folders["train"]),
                "S3_VALIDATE_KEY": str(folders["validate"]),
                "S3_TEST_KEY": str(folders["test"]),
                "S3_REPORT_KEY": str(output / "etl.json"),
                "DROP_COLUMNS": "id",
                **options,
            },
        )
        return report, {split: written(folder) for split, folder in folders.items()}

    return run_job


def written(folder: Path) -> list[str]:
    files = sorted(folder.iterdir())
    assert all(path.name.startswith("part-") and path.stat().st_size > 0 for path in files)
    return [line for path in files for line in path.read_text().splitlines()]


def everything(splits: dict[str, list[str]]) -> list[str]:
    return sorted(line for split in SPLITS for line in splits[split])


def test_writes_the_label_first_numbers_as_they_are_and_texts_as_flags(run, tmp_path) -> None:
    rows = table()

    report, splits = run(write(tmp_path / "a.csv", rows), LABEL_COLUMN="price", TEXT_COLUMNS="zip")

    ordered = sorted(HEATINGS)
    expected = [
        [
            price,
            area,
            *(str(int(heating == value)) for value in ordered),
            *(str(int(code == value)) for value in ("08901", "10115")),
        ]
        for _, area, heating, code, price in rows
    ]
    assert everything(splits) == sorted(",".join(values) for values in expected)
    assert report["columns"] == [
        "label",
        "area",
        *(f"heating_{value}" for value in ordered),
        "zip_08901",
        "zip_10115",
    ]
    assert report["categories"] == {"heating": ordered, "zip": ["08901", "10115"]}
    assert (report["label"], report["classes"], report["fillings"]) == ("price", None, {})
    counts = {split: len(splits[split]) for split in SPLITS}
    assert report["rows"] == {"read": 300, "dropped": 0, **counts}
    assert counts["train"] / 300 == pytest.approx(0.7, abs=0.08)
    assert json.loads((tmp_path / "output" / "etl.json").read_text()) == report


def test_takes_columns_of_digits_for_numbers_unless_told_otherwise(run, tmp_path: Path) -> None:
    report, _ = run(write(tmp_path / "a.csv", table()), DROP_COLUMNS='"id",heating')

    assert report["columns"] == ["area", "zip", "price"]
    assert (report["label"], report["categories"]) == (None, {})


def test_numbers_the_classes_of_a_label_of_texts(run, tmp_path: Path) -> None:
    rows = table()

    report, splits = run(write(tmp_path / "a.csv", rows), LABEL_COLUMN="heating")

    assert report["classes"] == sorted(HEATINGS)
    assert report["columns"] == ["label", "area", "zip", "price"]
    labels = [line.split(",")[0] for line in everything(splits)]
    expected = [str(sorted(HEATINGS).index(row[2])) for row in rows]
    assert sorted(labels) == sorted(expected)


def test_splits_by_row_and_seed_alone(run, spark, tmp_path: Path) -> None:
    rows = table()
    _, first = run(write(tmp_path / "a.csv", rows), LABEL_COLUMN="price")
    spark.conf.set("spark.sql.files.maxPartitionBytes", "3000")
    try:
        _, again = run(write(tmp_path / "b.csv", rows[::-1]), LABEL_COLUMN="price")
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
    _, other = run(write(tmp_path / "a.csv", rows), LABEL_COLUMN="price", SEED="7")

    for split in SPLITS:
        assert sorted(again[split]) == sorted(first[split])
        assert sorted(other[split]) != sorted(first[split])


def test_knows_the_texts_of_the_train_split_only(run, tmp_path: Path) -> None:
    rows = table()
    source = write(tmp_path / "a.csv", rows)
    _, splits = run(source, LABEL_COLUMN="price")
    rare = next(row for row in rows if any(f"{row[4]},{row[1]}," in x for x in splits["test"]))
    # A row of the test split, whose split stays as it is: it follows from the line alone.
    for i in range(1000):
        changed = [rare[0], rare[1], f"wood{i}", *rare[3:]]
        report, splits = run(write(tmp_path / "b.csv", [*rows, changed]), LABEL_COLUMN="price")
        if "wood" not in "".join(report["columns"]):
            break

    assert report["unseenCategories"] == {"heating": [f"wood{i}"]}
    assert f"{rare[4]},{rare[1]},0,0,0,{rare[3]}" in everything(splits)


def test_fills_what_is_missing_if_told_how(run, tmp_path: Path) -> None:
    rows = table()
    for row in rows[:40]:
        row[1] = ""
    rows[50][2] = ""
    source = write(tmp_path / "a.csv", rows)

    zero, zero_splits = run(source, LABEL_COLUMN="price", MISSING="zero")
    mean, mean_splits = run(source, LABEL_COLUMN="price", MISSING="mean")

    assert zero["fillings"] == {"area": 0}
    assert sum(line.split(",")[1] == "0" for line in everything(zero_splits)) == 40
    given = {row[1] for row in rows}
    train = [line.split(",")[1] for line in mean_splits["train"]]
    known = [float(text) for text in train if text in given]
    assert mean["fillings"]["area"] == pytest.approx(sum(known) / len(known))
    filled = [line for line in everything(mean_splits) if line.split(",")[1] not in given]
    assert len(filled) == 40
    assert {float(line.split(",")[1]) for line in filled} == {mean["fillings"]["area"]}
    assert sum(",0,0,0," in line for line in everything(mean_splits)) == 1


BROKEN = [
    ({1: "wide"}, "column 'area': 'wide', write a number, as most rows have there, or name"),
    ({1: "NaN"}, "column 'area': 'NaN', write a number"),
    ({1: ""}, "column 'area': '', it is empty: write a number, or set MISSING to mean or zero"),
    ({2: ""}, "column 'heating': '', it is empty: write a text, or set MISSING"),
    ({4: ""}, "column 'price': '', it is empty: write a number, as it is the label"),
    ({4: "a lot"}, "column 'price': 'a lot', write a number"),
]


@pytest.mark.parametrize(("changes", "message"), BROKEN)
def test_names_row_column_value_and_remedy_of_what_does_not_fit(run, tmp_path, changes, message):
    rows = table(100)
    for position, value in changes.items():
        rows[80][position] = value
    source = write(tmp_path / "a.csv", rows)

    with pytest.raises(InputError) as error:
        run(source, LABEL_COLUMN="price")

    assert f"{source}: 1 row does not fit (none is dropped): row 82, {message}" in str(error.value)
    assert not (tmp_path / "output").exists()


def test_counts_columns_and_sees_labels_that_are_missing_whatever_is_filled(run, tmp_path) -> None:
    rows = table(200)
    rows[3] = rows[3][:-1]
    rows[5][4] = ""
    source = write(tmp_path / "a.csv", rows)

    report, _ = run(source, LABEL_COLUMN="price", MISSING="zero", MAX_DROPPED_ROWS="2")

    assert [(row["row"], row["column"]) for row in report["droppedRows"]] == [
        (5, ""),
        (7, "price"),
    ]
    assert (report["rows"]["read"], report["rows"]["dropped"]) == (200, 2)
    with pytest.raises(InputError, match="write 5 columns separated by commas, here are 4"):
        run(source, LABEL_COLUMN="price")


def test_refuses_texts_that_would_be_too_many_columns(run, tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", table())

    with pytest.raises(
        InputError, match=r"column 'id' has about \d+ different texts.*DROP_COLUMNS"
    ):
        run(source, DROP_COLUMNS="", LABEL_COLUMN="price")
    with pytest.raises(InputError, match="'heating' has about 3 .* than the 2 of MAX_CATEGORIES"):
        run(source, MAX_CATEGORIES="2", LABEL_COLUMN="price")
    for most, label, dropped in (("100", "id", ""), ("2", "heating", "id")):
        with pytest.raises(InputError, match=f"column '{label}' has .* be a class. Write numbers"):
            run(source, LABEL_COLUMN=label, DROP_COLUMNS=dropped, MAX_CATEGORIES=most)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"LABEL_COLUMN": "cost"}, "LABEL_COLUMN names 'cost', which is no column.*'id', 'area'"),
        ({"LABEL_COLUMN": "price,area"}, "LABEL_COLUMN names 2 columns"),
        ({"LABEL_COLUMN": "id"}, "'id' is both LABEL_COLUMN and in DROP_COLUMNS"),
        ({"DROP_COLUMNS": "id,garden"}, "DROP_COLUMNS names 'garden'"),
        ({"DROP_COLUMNS": "id,area,heating,zip,price"}, "no column is left for features"),
        ({"MISSING": "median"}, "MISSING is 'median': write error or mean or zero"),
        ({"MAX_CATEGORIES": "0"}, "MAX_CATEGORIES is '0': write a whole number from 1"),
    ],
)
def test_refuses_arguments_that_do_not_go_with_the_file(run, tmp_path, options, message) -> None:
    with pytest.raises(InputError, match=message):
        run(write(tmp_path / "a.csv", table(100)), **options)


@pytest.mark.parametrize(
    ("header", "rows", "message"),
    [
        (HEADER, [], "has a header but no rows"),
        (HEADER, table(2), "has too few rows: of 2 usable ones"),
        (["1", "2", "3.5", "4", "-5"], table(2), "row 1 has numbers only"),
        (HEADER, [[*row[:2], "", *row[3:]] for row in table(9)], "column 'heating' is empty in e"),
        (HEADER, [[*row[:4], "7"] for row in table(9)], "same value in the label column 'price'"),
    ],
)
def test_refuses_what_cannot_be_trained_on(run, tmp_path, header, rows, message) -> None:
    with pytest.raises(InputError, match=message):
        run(
            write(tmp_path / "a.csv", rows, header),
            **{"DROP_COLUMNS": header[0], "LABEL_COLUMN": header[4]},
        )


def test_tells_rows_that_are_all_wrong(run, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="3 rows do not fit.*write 5 columns"):
        run(write(tmp_path / "a.csv", [["a", "b"]] * 3), LABEL_COLUMN="price")
