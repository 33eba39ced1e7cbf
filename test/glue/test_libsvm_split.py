from __future__ import annotations

import json
import random
from pathlib import Path

import libsvm_split
import pytest
from csv_etl.errors import InputError

SPLITS = ("train", "validation", "test")


def dense_rows(count: int = 300, features: int = 4, seed: int = 3) -> list[list[float]]:
    """Label, then features of which about every third is 0."""
    source = random.Random(seed)
    rows = []
    for _ in range(count):
        values = [
            0.0 if source.random() < 0.33 else round(source.uniform(-9, 9), 3)
            for _ in range(features)
        ]
        rows.append([round(sum(values) + source.gauss(0, 1), 2), *values])
    return rows


def as_libsvm(rows: list[list[float]], first: int = 1) -> str:
    lines = []
    for label, *values in rows:
        pairs = [f"{i}:{v}" for i, v in enumerate(values, first) if v != 0]
        lines.append(" ".join([f"{label}", *pairs]))
    return "\n".join(lines) + "\n"


def as_csv(rows: list[list[float]], header: str = "") -> str:
    lines = [",".join(map(str, row)) for row in rows]
    return "\n".join([header, *lines] if header else lines) + "\n"


@pytest.fixture
def run(spark, tmp_path: Path):
    """Runs the job over a file or folder; gives the report and lines by format and split."""

    def run_job(source: Path, **options: str):
        output = tmp_path / f"output-{len(list(tmp_path.iterdir()))}"
        report = libsvm_split.run(
            spark,
            {
                **libsvm_split.DEFAULTS,
                "S3_INPUT_FILE": str(source),
                "S3_OUTPUT_KEY": f"{output}/",
                "S3_REPORT_KEY": str(output / "etl.json"),
                **options,
            },
        )
        assert json.loads((output / "etl.json").read_text()) == json.loads(json.dumps(report))
        lines = {
            form: {split: written(output / form / split) for split in (*SPLITS, "features")}
            for form in report["formats"]
        }
        return report, lines

    return run_job


def written(folder: Path) -> list[str]:
    files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    assert all(path.name.startswith("part-") and path.stat().st_size > 0 for path in files)
    return [line for path in files for line in path.read_text().splitlines()]


def file(tmp_path: Path, text: str, name: str = "data") -> Path:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path


def values_of_csv(line: str) -> tuple[float, ...]:
    return tuple(map(float, line.split(",")))


def values_of_libsvm(line: str, features: int, first: int = 1) -> tuple[float, ...]:
    label, *pairs = line.split(" ")
    values = [0.0] * features
    for pair in pairs:
        index, value = pair.split(":")
        values[int(index) - first] = float(value)
    return (float(label), *values)


@pytest.mark.parametrize("first", [0, 1])
def test_writes_the_same_rows_in_the_same_order_in_each_format(run, tmp_path, first) -> None:
    rows = dense_rows()

    report, lines = run(file(tmp_path, as_libsvm(rows, first)))

    assert (report["features"], report["firstIndex"], report["inputFormat"]) == (4, first, "libsvm")
    everything = []
    for split in SPLITS:
        dense = [values_of_csv(line) for line in lines["csv"][split]]
        sparse = [values_of_libsvm(line, 4, first) for line in lines["libsvm"][split]]
        assert dense == sparse
        assert len(dense) == report["rows"][split] > 0
        everything += dense
    without_labels = [line.split(",", 1)[1] for line in lines["csv"]["test"]]
    assert lines["csv"]["features"] == without_labels
    unknown = [" ".join(["0", *line.split(" ")[1:]]) for line in lines["libsvm"]["test"]]
    assert lines["libsvm"]["features"] == unknown
    assert sorted(everything) == sorted(map(tuple, rows))
    train = [values_of_csv(line)[0] for line in lines["csv"]["train"]]
    assert report["labelMean"] == pytest.approx(sum(train) / len(train))


def test_csv_gives_the_splits_of_the_same_rows_as_libsvm(run, tmp_path) -> None:
    rows = dense_rows()

    _, sparse = run(file(tmp_path, as_libsvm(rows), "a.libsvm"))
    _, dense = run(file(tmp_path, as_csv(rows), "a.csv"))
    moved = [[*values, label] for label, *values in rows]
    report, named = run(file(tmp_path, as_csv(moved, "a, b,c,d,y"), "b.csv"), LABEL_COLUMN="y")

    for split in SPLITS:
        assert sorted(sparse["csv"][split]) == sorted(dense["csv"][split])
        assert sorted(named["csv"][split]) == sorted(dense["csv"][split])
    assert report["columns"] == ["y", "a", "b", "c", "d"]


def test_rows_held_out_stay_held_out_when_data_grow(run, tmp_path) -> None:
    rows = dense_rows(400)
    corrected = [[label + 1, *values] for label, *values in rows[:50]]
    file(tmp_path, as_libsvm(rows[:200]), "inputs/001.libsvm")
    _, before = run(tmp_path / "inputs")
    file(tmp_path, as_libsvm([*rows[200:], *corrected]), "inputs/002.libsvm")

    report, after = run(tmp_path / "inputs")

    def features(line: str) -> tuple[float, ...]:
        return values_of_csv(line)[1:]

    for split in SPLITS:
        others = {features(x) for other in SPLITS if other != split for x in after["csv"][other]}
        assert {features(line) for line in before["csv"][split]}.isdisjoint(others)
    assert report["rows"]["read"] == 450
    assert [Path(path).name for path in report["files"]] == ["001.libsvm", "002.libsvm"]


def test_the_seed_alone_decides_on_the_split(run, tmp_path) -> None:
    text = as_libsvm(dense_rows())

    _, one = run(file(tmp_path, text))
    _, again = run(file(tmp_path, text))
    _, other = run(file(tmp_path, text), SEED="2")
    report, halves = run(file(tmp_path, text), SPLIT="50,20,30", FORMATS="csv")

    assert one == again
    assert sorted(one["csv"]["test"]) != sorted(other["csv"]["test"])
    assert len(halves["csv"]["train"]) / 300 == pytest.approx(0.5, abs=0.1)
    assert report["split"] == {"train": 50, "validation": 20, "test": 30}
    assert list(halves) == ["csv"]


def test_gaps_order_comments_signs_and_line_ends(run, tmp_path) -> None:
    plain = as_libsvm(dense_rows())
    text = "# features of something\r\n\r\n" + plain.replace("\n", "\r\n")
    text += "+7 9:2.5 3:1e-3 # the last one\n"

    report, lines = run(file(tmp_path, text))

    assert (report["features"], report["rows"]["read"]) == (9, 301)
    written_lines = [line for split in SPLITS for line in lines["csv"][split]]
    assert "7.0,0.0,0.0,0.001,0.0,0.0,0.0,0.0,0.0,2.5" in written_lines
    assert "7.0 3:0.001 9:2.5" in [line for split in SPLITS for line in lines["libsvm"][split]]


def test_a_row_without_features_is_all_zeros(run, tmp_path) -> None:
    _, lines = run(file(tmp_path, as_libsvm(dense_rows()) + "5\n"))

    everything = {line for split in SPLITS for line in lines["csv"][split]}
    assert "5.0,0.0,0.0,0.0,0.0" in everything
    assert "5.0" in {line for split in SPLITS for line in lines["libsvm"][split]}


def classified(labels: list[str]) -> str:
    rows = dense_rows()
    return "\n".join(
        f"{labels[i % len(labels)]} 1:{i + 1} 2:{row[1]}" for i, row in enumerate(rows)
    )


def test_classes_are_counted_by_split(run, tmp_path) -> None:
    report, lines = run(file(tmp_path, classified(["-1", "+1"])), TASK="binary")

    for split in SPLITS:
        labels = [line.split(",")[0] for line in lines["csv"][split]]
        assert set(labels) == {"0", "1"}
        assert report["classes"][split] == {0: labels.count("0"), 1: labels.count("1")}
    assert report["labelMean"] is None


@pytest.mark.parametrize(
    ("task", "labels", "message"),
    [
        ("binary", ["0", "2"], "label.*'2', write 0 or 1 .*task is binary"),
        ("multiclass", ["0", "1", "1.5"], "'1.5', write a class from 0 on"),
        ("multiclass", ["0", "1", "3"], "no row has class 2"),
        ("binary", ["1"], "have class 1: there is nothing to tell apart"),
        ("ranking", ["1"], "argument TASK is 'ranking'"),
    ],
)
def test_refuses_labels_that_are_none_of_the_task(run, tmp_path, task, labels, message) -> None:
    with pytest.raises(InputError, match=message):
        run(file(tmp_path, classified(labels)), TASK=task)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("x 1:2", "row 301, column 'label': 'x', write a number as label"),
        ("nan 1:2", "row 301, column 'label': 'nan'"),
        ("1 1:2 b:3", "row 301: 'b:3', write index:value"),
        ("1 1:2 3:", "row 301: '3:', write index:value"),
        ("1 qid:1 1:2", "row 301: 'qid:1', write index:value.*qid"),
        ("1 1:1e999", "row 301: '1:1e999'"),
        ("1 1:2 1:3", "row 301: '1', write each index once"),
        ("1 -1:2", "row 301: '-1:2'"),
        ("1 1:2\x002", "row 301"),
        ("1,2,3", "row 301, column 'label': '1,2,3'"),
    ],
)
def test_names_libsvm_rows_that_do_not_fit(run, tmp_path, bad, message) -> None:
    with pytest.raises(InputError, match=message):
        run(file(tmp_path, as_libsvm(dense_rows()) + bad + "\n"))


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("1,2,3,4", "row 302: '1,2,3,4', write 5 columns.*here are 4"),
        ("1,2,x,4,5", "row 302, column 'c2': 'x', write a number"),
        ("1,2,,4,5", "row 302, column 'c2': '', it is empty"),
        (",2,3,4,5", "row 302, column 'y': ''"),
        ('1,2,"3,4,5', "row 302"),
    ],
)
def test_names_csv_rows_that_do_not_fit(run, tmp_path, bad, message) -> None:
    with pytest.raises(InputError, match=message):
        run(file(tmp_path, as_csv(dense_rows(), "y,c1,c2,c3,c4") + bad + "\n"))


def test_names_the_column_that_is_taken_for_the_label(run, tmp_path) -> None:
    source = file(tmp_path, as_csv(dense_rows(), "a,b,c,d,y"))

    with pytest.raises(InputError) as untold:
        run(source, TASK="binary")
    with pytest.raises(InputError) as told:
        run(source, TASK="binary", LABEL_COLUMN="y")

    assert "row 2, column 'a': " in str(untold.value)
    hint = "The label is column 'a', the first: if it is another one, name it in LABEL_COLUMN"
    assert str(untold.value).endswith(f"{hint} (etl.arguments).")
    assert ", column 'y': " in str(told.value)
    assert hint not in str(told.value)


@pytest.mark.parametrize(
    ("text", "options", "label", "logged"),
    [
        (as_csv(dense_rows(), "a,b,c,d,y"), {}, "a", "column 'a' (the first)"),
        (
            as_csv(dense_rows(), "a,b,c,d,y"),
            {"LABEL_COLUMN": "y"},
            "y",
            "column 'y' (LABEL_COLUMN)",
        ),
        (as_csv(dense_rows()), {}, None, "the first column"),
        (as_libsvm(dense_rows()), {}, None, "the first value of each row"),
    ],
)
def test_tells_which_column_was_the_label(
    run, tmp_path, capsys, text, options, label, logged
) -> None:
    report, _ = run(file(tmp_path, text), **options)

    assert report["label"] == label
    assert f"label: {logged}; 4 features\n" in capsys.readouterr().out


def test_refuses_labels_that_are_all_the_same_in_a_split(run, tmp_path) -> None:
    rows = dense_rows()
    source = file(tmp_path, as_csv(rows))
    _, lines = run(source)
    features = {
        split: {values_of_csv(line)[1:] for line in lines["csv"][split]} for split in SPLITS
    }

    for split in SPLITS:
        even = [[2.5, *row[1:]] if tuple(row[1:]) in features[split] else row for row in rows]
        changed = file(tmp_path, as_csv(even), "even")
        if split == "validation":
            run(changed)
            continue
        with pytest.raises(InputError, match=f"rows of the {split} split have label 2.5: there is"):
            run(changed)


def test_drops_as_many_rows_as_allowed_and_lists_them_by_file(run, tmp_path) -> None:
    file(tmp_path, as_libsvm(dense_rows()), "inputs/1.libsvm")
    bad = file(tmp_path, "1 1:1\nx 1:2\n" + as_libsvm(dense_rows(9, seed=5)), "inputs/2.libsvm")

    report, _ = run(tmp_path / "inputs", MAX_DROPPED_ROWS="1")

    dropped = {"file": f"file:{bad}", "row": 2, "column": "label", "value": "x"}
    assert report["droppedRows"] == [dropped]
    assert (report["rows"]["read"], report["rows"]["dropped"]) == (311, 1)


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("", {}, "has no rows"),
        ("# nothing\n\n", {}, "has no rows"),
        ("1 1:2\n", {}, "too few rows"),
        ("1\n2\n3\n", {}, "has no feature"),
        ("1 1:2\n", {"INPUT_FORMAT": "svm"}, "argument INPUT_FORMAT is 'svm'"),
        ("1 1:2\n", {"FORMATS": "csv,parquet"}, "argument FORMATS names 'parquet'"),
        ("1 1:2\n", {"SPLIT": "80,20"}, "argument SPLIT is '80,20'"),
        ("1 1:2\n", {"SPLIT": "100,0,0"}, "argument SPLIT is"),
        ("1 1:2\n", {"LABEL_COLUMN": "y"}, "argument LABEL_COLUMN is 'y', but .* is libsvm"),
        ("1,2\n", {"LABEL_COLUMN": "y"}, "has no header"),
        ("a,b\n1,2\n", {"LABEL_COLUMN": "y"}, "names 'y', which is no column"),
        ("a,a\n1,2\n", {}, "names 'a' more than once"),
    ],
)
def test_refuses_what_cannot_be_compared_on(run, tmp_path, text, options, message) -> None:
    with pytest.raises(InputError, match=message):
        run(file(tmp_path, text), **options)


def test_refuses_files_that_do_not_go_together(run, tmp_path) -> None:
    file(tmp_path, as_libsvm(dense_rows()), "inputs/1.libsvm")
    file(tmp_path, as_csv(dense_rows()), "inputs/2.csv")

    with pytest.raises(InputError, match="2.csv is csv of 5 columns.*1.libsvm is libsvm"):
        run(tmp_path / "inputs")


@pytest.mark.parametrize("file", ["", "b.libsvm"])
def test_says_of_a_folder_how_later_runs_go_on(run, tmp_path, file) -> None:
    folder = tmp_path / "inputs"
    folder.mkdir()
    (folder / "a.libsvm").write_text(as_libsvm(dense_rows()))
    (folder / "b.libsvm").write_text("many 1:2\n")
    with pytest.raises(InputError) as refused:
        run(f"{folder}/{file}")
    says = "upload the corrected file under the same key, or delete it there" in str(refused.value)
    assert says == (file == "")


def test_indices_too_far_apart_for_csv(run, tmp_path) -> None:
    source = file(tmp_path, as_libsvm(dense_rows()) + "1 200000:1\n")

    with pytest.raises(InputError, match="200000 columns"):
        run(source)
    report, _ = run(source, FORMATS="libsvm")
    assert report["features"] == 200_000


def test_a_header_may_come_with_a_byte_order_mark(run, tmp_path) -> None:
    report, _ = run(file(tmp_path, "\ufeff" + as_csv(dense_rows(), "y,a,b,c,d")))

    assert (report["rows"]["read"], report["columns"]) == (300, ["y", "a", "b", "c", "d"])


def test_headerless_csv_may_come_with_a_byte_order_mark(run, tmp_path) -> None:
    report, _ = run(file(tmp_path, "\ufeff" + as_csv(dense_rows())))

    assert report["rows"]["read"] == 300


def test_more_test_rows_than_can_be_compared_fail_before_anything_is_written(run, tmp_path):
    source = file(tmp_path, as_csv(dense_rows(300)))
    report, _ = run(source)
    rows = report["rows"]["test"]

    assert run(source, MAX_TEST_ROWS=str(rows))[0]["rows"] == report["rows"]
    with pytest.raises(InputError, match=f"leaves {rows} rows for the test, and {rows - 1} can be"):
        run(source, MAX_TEST_ROWS=str(rows - 1))
