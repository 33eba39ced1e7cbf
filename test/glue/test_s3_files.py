from __future__ import annotations

from pathlib import Path

import pytest
from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame


@pytest.fixture
def context(spark) -> GlueContext:
    return GlueContext(spark.sparkContext)


@pytest.fixture
def read(context, tmp_path: Path):
    def read_rows(name: str, kind: str, **options: object) -> list[dict]:
        frame = context.create_dynamic_frame.from_options(
            connection_type="s3",
            connection_options={"paths": [str(tmp_path / name)]},
            format=kind,
            format_options=options,
            transformation_ctx="read",
        )
        return [row.asDict() for row in frame.toDF().collect()]

    return read_rows


@pytest.fixture
def write(context, tmp_path: Path, spark):
    def write_rows(kind: str, connection: dict | None = None, **options: object) -> list[Path]:
        rows = spark.createDataFrame([(1, 'a"b'), (2, "c,d")], "n int, t string").coalesce(1)
        context.write_dynamic_frame.from_options(
            DynamicFrame.fromDF(rows, context, "rows"),
            "s3",
            {"path": str(tmp_path / "out"), **(connection or {})},
            format=kind,
            format_options=options,
        )
        return sorted(path for path in (tmp_path / "out").rglob("*") if path.is_file())

    return write_rows


def test_reads_csv_with_and_without_header_as_text(read, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("n;t\n1;'x;y'\n")

    with_header = read("a.csv", "csv", withHeader=True, separator=";", quoteChar="'")

    assert with_header == [{"n": "1", "t": "x;y"}]
    assert read("a.csv", "csv", separator=";", quoteChar=-1)[0] == {"col0": "n", "col1": "t"}
    assert read("a.csv", "csv", optimizePerformance=True) == [{"col0": "n;t"}, {"col0": "1;'x;y'"}]


def test_reads_json_and_subfolders(context, read, tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.json").write_text('{"n": 1, "t": "x"}\n{"n": 2, "t": "y"}\n')

    frame = context.create_dynamic_frame_from_options(
        "s3", {"paths": [str(tmp_path / "in")], "recurse": True, "groupFiles": "none"}, "json"
    )

    assert [row.asDict() for row in frame.toDF().collect()] == [
        {"n": 1, "t": "x"},
        {"n": 2, "t": "y"},
    ]
    assert read("in/deep", "json", multiLine=False)[0] == {"n": 1, "t": "x"}


def test_writes_csv_with_a_header_unless_told_not_to_and_no_marker(write) -> None:
    [file] = write("csv")
    assert file.read_text().splitlines()[0] == "n,t"

    files = write("csv", writeHeader=False, separator="|", quoteChar="-1")

    [second] = [path for path in files if path != file]  # beside the first, as Glue does
    assert second.read_text() == '1|a"b\n2|c,d\n'


def test_writes_json_and_parquet_partitioned_and_compressed(write, read) -> None:
    [one, two] = write("json", {"partitionKeys": ["n"], "compression": "gzip"})
    assert (one.parent.name, two.parent.name) == ("n=1", "n=2")
    assert one.name.endswith(".json.gz")
    assert read("out/n=1", "json") == [{"t": 'a"b'}]

    files = write("glueparquet", compression="snappy")

    assert [path.name for path in files if path.parent.name == "out"][0].endswith(".snappy.parquet")


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("avro", {}, "format avro is not supported by the local cloud; it has csv, glueparquet"),
        ("csv", {"skipFirst": True}, "csv option skipFirst is not supported.*it has escaper"),
        ("json", {"jsonPath": "$.a"}, "json option jsonPath is not supported"),
        ("parquet", {"blockSize": 1}, "parquet option blockSize is not supported"),
    ],
)
def test_names_formats_and_options_that_it_lacks(read, kind, options, message) -> None:
    with pytest.raises(NotImplementedError, match=message):
        read("a.csv", kind, **options)


def test_names_connection_options_that_it_lacks(context, tmp_path: Path, write) -> None:
    with pytest.raises(NotImplementedError, match="connection option exclusions of reading csv"):
        context.create_dynamic_frame.from_options(
            "s3", {"paths": [str(tmp_path)], "exclusions": "[]"}, "csv"
        )
    with pytest.raises(ValueError, match="has no paths"):
        context.create_dynamic_frame.from_options("s3", {}, "csv")
    with pytest.raises(NotImplementedError, match="connection option boundedFiles of writing csv"):
        write("csv", {"boundedFiles": "1"})
    with pytest.raises(NotImplementedError, match="push_down_predicate"):
        context.create_dynamic_frame.from_options("s3", {}, "csv", {}, "", "n > 1")
