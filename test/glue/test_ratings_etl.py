from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import ratings_etl
from csv_etl.arguments import DEFAULTS
from csv_etl.errors import InputError

SPLITS = ("train", "validate", "test")
HEADER = "user,item,rating"


def ratings(count: int = 600, users: int = 20, items: int = 40) -> list[str]:
    """Different pairs in random order, with ratings from 1 to 5 in halves."""
    source = random.Random(3)
    pairs = source.sample([(u, i) for u in range(users) for i in range(items)], count)
    return [f"u{u + 1},i{i + 1},{source.randrange(2, 11) / 2:g}" for u, i in pairs]


def write(path: Path, rows: list[str], header: str = HEADER) -> str:
    path.write_text("".join(f"{line}\n" for line in [header, *rows]))
    return str(path)


@pytest.fixture
def run(spark, tmp_path: Path):
    """Runs the job over a file; gives the report and the objects of each split."""

    def run_job(source: str, **options: str) -> tuple[dict, dict[str, list[dict]]]:
        output = tmp_path / "output"
        folders = {split: output / split for split in SPLITS}
        report = ratings_etl.run(
            spark,
            {
                **DEFAULTS,
                **ratings_etl.OWN_DEFAULTS,
                "S3_INPUT_FILE": source,
                "S3_TRAIN_KEY": f"{folders['train']}/",
                "S3_VALIDATE_KEY": str(folders["validate"]),
                "S3_TEST_KEY": str(folders["test"]),
                "S3_REPORT_KEY": str(output / "etl.json"),
                **options,
            },
        )
        return report, {split: written(folder) for split, folder in folders.items()}

    return run_job


def written(folder: Path) -> list[dict]:
    files = sorted(path for path in folder.iterdir() if path.name != ".crc")
    assert all(path.name.startswith("part-") and path.stat().st_size > 0 for path in files)
    return [json.loads(line) for path in files for line in path.read_text().splitlines()]


def mapping(tmp_path: Path, kind: str) -> dict[int, str]:
    lines = (tmp_path / "output" / "mapping" / f"{kind}s.jsonl").read_text().splitlines()
    return {entry["id"]: entry[kind] for entry in map(json.loads, lines)}


def test_writes_each_rating_once_under_numbers_that_the_mapping_resolves(run, tmp_path) -> None:
    rows = ratings()

    report, splits = run(write(tmp_path / "a.csv", rows))

    users, items = mapping(tmp_path, "user"), mapping(tmp_path, "item")
    assert list(users) == list(range(1, 21))
    assert [users[1], users[2], users[10]] == ["u1", "u2", "u10"]
    assert list(items) == list(range(1, 41))
    resolved = [
        f"{users[entry['in0'][0]]},{items[entry['in1'][0]]},{entry['label']:g}"
        for split in SPLITS
        for entry in splits[split]
    ]
    assert sorted(resolved) == sorted(rows)
    assert list(splits["train"][0]) == ["label", "in0", "in1"]
    assert report["users"] == {"count": 20, "vocabularySize": 21, "untrained": 0}
    assert report["items"]["vocabularySize"] == 41


def test_reports_what_it_did(run, tmp_path: Path) -> None:
    report, splits = run(write(tmp_path / "a.csv", ratings()))

    counts = {split: len(splits[split]) for split in SPLITS}
    assert json.loads((tmp_path / "output" / "etl.json").read_text()) == report
    assert report["rows"] == {"read": 600, "dropped": 0, **counts}
    assert sum(counts.values()) == 600
    assert counts["train"] / 600 == pytest.approx(0.7, abs=0.06)
    assert report["columns"] == ["label", "in0", "in1"]
    assert (report["replacedRatings"], report["droppedRows"], report["seed"]) == (0, [], 42)
    assert "classes" not in report


def test_splits_by_pair_and_seed_alone(run, spark, tmp_path: Path) -> None:
    rows = ratings()
    changed = [",".join([*row.split(",")[:2], "3"]) for row in rows]
    _, first = run(write(tmp_path / "a.csv", rows))
    spark.conf.set("spark.sql.files.maxPartitionBytes", "2000")
    try:
        _, again = run(write(tmp_path / "a.csv", list(reversed(rows))))
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
    _, others = run(write(tmp_path / "b.csv", changed))
    _, reseeded = run(write(tmp_path / "a.csv", rows), SEED="7")

    def pairs(entries: list[dict]) -> list[tuple]:
        return [(entry["in0"], entry["in1"]) for entry in entries]

    for split in SPLITS:
        assert sorted(map(json.dumps, again[split])) == sorted(map(json.dumps, first[split]))
        assert sorted(pairs(others[split])) == sorted(pairs(first[split]))
        assert sorted(pairs(reseeded[split])) != sorted(pairs(first[split]))


def test_gives_the_same_files_for_the_same_input(run, tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", ratings())

    _, first = run(source)
    _, second = run(source)

    assert first == second
    users = [entry["in0"][0] for entry in first["train"]]
    assert users != sorted(users)  # mixed: who learns batch by batch sees all users in each


def test_takes_the_last_rating_of_a_pair(run, spark, tmp_path: Path) -> None:
    rows = [row.rpartition(",")[0] for row in ratings(400)]
    source = write(tmp_path / "a.csv", [f"{row},{stars}" for stars in (1, 2, 5) for row in rows])
    spark.conf.set("spark.sql.files.maxPartitionBytes", "3000")
    try:
        report, splits = run(source)
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")

    assert {entry["label"] for split in SPLITS for entry in splits[split]} == {5.0}
    assert report["replacedRatings"] == 800
    assert report["rows"]["read"] == 1200
    assert sum(report["rows"][split] for split in SPLITS) == 400


def test_makes_classes_of_the_different_ratings(run, tmp_path: Path) -> None:
    rows = [row for row in ratings() if not row.endswith(",2.5")]
    source = write(tmp_path / "a.csv", rows)

    report, splits = run(source, LABEL_AS="class", NUM_CLASSES="8")

    assert report["classes"] == [1, 1.5, 2, 3, 3.5, 4, 4.5, 5]
    labels = [entry["label"] for split in SPLITS for entry in splits[split]]
    assert set(labels) == set(range(8))
    assert all(isinstance(label, int) for label in labels)
    assert labels.count(3) == sum(row.endswith(",3") for row in rows)
    with pytest.raises(InputError, match=r"NUM_CLASSES is '5'.*8 different ratings \(1, 1.5"):
        run(source, LABEL_AS="class", NUM_CLASSES="5")


def test_refuses_ratings_that_make_no_classes(run, tmp_path: Path) -> None:
    source = random.Random(1)
    same = [f"{row.rpartition(',')[0]},3" for row in ratings()]
    finer = [f"{row.rpartition(',')[0]},{source.random():.3f}" for row in ratings()]

    with pytest.raises(InputError, match="every rating is 3"):
        run(write(tmp_path / "a.csv", same), LABEL_AS="class")
    with pytest.raises(InputError, match="more than 30 different ratings.*LABEL_AS to score"):
        run(write(tmp_path / "b.csv", finer), LABEL_AS="class")


def test_checks_the_vocabularies_before_training_does(run, tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", ratings())

    run(source, ENC0_VOCAB_SIZE="21", ENC1_VOCAB_SIZE="1000")
    with pytest.raises(InputError, match=r"ENC0_VOCAB_SIZE is '20'.*20 users.*size, to 21 or more"):
        run(source, ENC0_VOCAB_SIZE="20")
    with pytest.raises(InputError, match=r"ENC1_VOCAB_SIZE is 'x'.*40 items.*enc1_vocab_size, to"):
        run(source, ENC1_VOCAB_SIZE="x")


def test_counts_users_that_training_does_not_see(run, tmp_path: Path) -> None:
    rows = ratings()
    _, splits = run(write(tmp_path / "a.csv", rows))
    users, items = mapping(tmp_path, "user"), mapping(tmp_path, "item")
    entry = splits["test"][0]
    user, item = users[entry["in0"][0]], items[entry["in1"][0]]
    others = [row for row in rows if not row.startswith(f"{user},")]

    report, _ = run(write(tmp_path / "b.csv", [*others, f"{user},{item},4"]))

    assert report["users"] == {"count": 20, "vocabularySize": 21, "untrained": 1}
    lines = (tmp_path / "output" / "mapping" / "users.jsonl").read_text().splitlines()
    untrained = [entry for entry in map(json.loads, lines) if not entry["trained"]]
    assert [entry["user"] for entry in untrained] == [user]


def test_finds_columns_by_name_among_others(run, tmp_path: Path) -> None:
    rows = [f'"x, y",{row.split(",")[2]},{",".join(row.split(",")[:2])}' for row in ratings()]
    source = write(tmp_path / "a.csv", rows, header="note, stars ,who,what")
    names = {"USER_COLUMN": "who", "ITEM_COLUMN": "what", "RATING_COLUMN": "stars"}

    report, _ = run(source, **names)

    assert report["users"]["count"] == 20
    with pytest.raises(InputError, match="no column 'user' for the user; its header .*USER_COLUMN"):
        run(source)
    with pytest.raises(InputError, match="one column cannot be two"):
        run(source, **{**names, "ITEM_COLUMN": "who"})


BROKEN = [
    (",i1,3", "column 'user': '', it is empty: write an id"),
    ("u1,,3", "column 'item': '', it is empty: write an id"),
    ("u1,i1,", "column 'rating': '', it is empty: write a number, such as 3.5"),
    ("u1,i1,good", "column 'rating': 'good', write a number"),
    ("u1,i1,NaN", "column 'rating': 'NaN', write a number"),
    ("u1,i1,1e999", "column 'rating': '1e999', write a number"),
    ("u1,i1,0x10", "column 'rating': '0x10', write a number"),
    ("u1,i1", "row 82: 'u1,i1', write 3 columns separated by commas, here are 2"),
    ("u1,i1,3,4", "write 3 columns separated by commas, here are 4"),
    ('u1,"i1,3', "row 82: "),
]


@pytest.mark.parametrize(("line", "message"), BROKEN)
def test_names_row_column_value_and_remedy_of_what_does_not_fit(run, tmp_path, line, message):
    source = write(tmp_path / "a.csv", [*ratings(80), line])

    with pytest.raises(InputError) as error:
        run(source)

    assert f"{source}: 1 row does not fit (none is dropped): row 82" in str(error.value)
    assert message in str(error.value)
    assert not (tmp_path / "output").exists()


def test_drops_as_many_rows_as_allowed(run, tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", ["u1,i1,bad", "", *ratings(300), ",,"])

    report, _ = run(source, MAX_DROPPED_ROWS="2")

    assert (report["rows"]["read"], report["rows"]["dropped"]) == (302, 2)
    assert [(row["row"], row["column"]) for row in report["droppedRows"]] == [
        (2, "rating"),
        (304, "user"),
    ]
    with pytest.raises(InputError, match="2 rows do not fit .more than the 1 that"):
        run(source, MAX_DROPPED_ROWS="1")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        (HEADER + "\n", "has a header but no rows"),
        (HEADER + "\nu1,i1,3\n", "has too few rows: of 1 usable ones"),
        ("user,user,rating\n", "names 'user' more than once"),
        ("user,,rating\n", "column 2 has no name"),
    ],
)
def test_refuses_what_cannot_be_trained_on(run, tmp_path: Path, content, message) -> None:
    (tmp_path / "a.csv").write_text(content)

    with pytest.raises(InputError, match="a.csv") as error:
        run(str(tmp_path / "a.csv"))

    assert message in str(error.value)


def test_feeds_the_auxiliary_channel(run, tmp_path: Path) -> None:
    vectors = tmp_path / "items.txt"
    vectors.write_text("i1 0.5 0.25\n")
    source = write(tmp_path / "a.csv", ratings())
    auxiliary = tmp_path / "auxiliary"

    run(source, S3_AUXILIARY_KEY=f"{auxiliary}/", ENC1_VECTORS=str(vectors))

    assert sorted(path.name for path in auxiliary.iterdir()) == [
        "enc0_vocab.json",
        "enc1_vocab.json",
        "items.txt",
    ]
    assert json.loads((auxiliary / "enc1_vocab.json").read_text())["i1"] == 1
    assert (auxiliary / "items.txt").read_text() == "i1 0.5 0.25\n"
    with pytest.raises(InputError, match="none.txt does not exist"):
        run(source, S3_AUXILIARY_KEY=str(auxiliary), ENC0_VECTORS=str(tmp_path / "none.txt"))


def test_puts_the_mapping_elsewhere_if_told_to(run, tmp_path: Path) -> None:
    run(write(tmp_path / "a.csv", ratings()), S3_MAPPING_KEY=str(tmp_path / "who"))

    assert sorted(path.name for path in (tmp_path / "who").iterdir()) == [
        "items.jsonl",
        "users.jsonl",
    ]
    assert not (tmp_path / "output" / "mapping").exists()


def test_refuses_another_label() -> None:
    options = {**DEFAULTS, **ratings_etl.OWN_DEFAULTS, "S3_INPUT_FILE": "a", "LABEL_AS": "stars"}

    with pytest.raises(InputError, match="LABEL_AS is 'stars': write class or score"):
        ratings_etl.run(None, options)
