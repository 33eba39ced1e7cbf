from __future__ import annotations

from pathlib import Path

import pytest
from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame
from awsglue.job import Job
from awsglue.utils import GlueArgumentError, getResolvedOptions

ARGV = ["job.py", "--JOB_NAME", "churn", "--JOB_RUN_ID", "jr_1", "--input", "s3://b/a b", "--n=3"]


def test_resolves_what_is_asked_for_and_what_glue_adds() -> None:
    options = getResolvedOptions(ARGV, ["JOB_NAME", "input", "n"])

    assert {"JOB_NAME": "churn", "input": "s3://b/a b", "n": "3"}.items() <= options.items()
    assert options["JOB_RUN_ID"] == "jr_1"
    assert options["TempDir"] is None
    assert options["job_bookmark_option"] == "job-bookmark-disable"


def test_has_no_optional_arguments() -> None:
    with pytest.raises(GlueArgumentError, match="the following arguments are required: --missing"):
        getResolvedOptions(ARGV, ["JOB_NAME", "missing"])


def test_takes_a_dash_for_an_underscore() -> None:
    assert getResolvedOptions(["job.py", "--a-b", "1"], ["a-b"])["a_b"] == "1"


def test_refuses_reserved_arguments() -> None:
    with pytest.raises(RuntimeError, match="Using reserved arguments JOB_RUN_ID"):
        getResolvedOptions(ARGV, ["JOB_RUN_ID"])


def test_goes_from_dynamic_frame_to_files_and_back(spark, tmp_path: Path) -> None:
    context = GlueContext(spark.sparkContext)
    frame = context.spark_session.createDataFrame([(1, "a"), (2, "b")], "n int, t string")
    job = Job(context)
    job.init("churn", {"JOB_NAME": "churn"})

    context.write_dynamic_frame.from_options(
        frame=DynamicFrame.fromDF(frame, context, "numbers"),
        connection_type="s3",
        connection_options={"path": str(tmp_path / "out")},
        format="csv",
    )
    back = context.create_dynamic_frame.from_options(
        "s3", {"paths": [str(tmp_path / "out")]}, "csv", {"withHeader": True}
    )
    job.commit()

    assert [(row.n, row.t) for row in back.toDF().orderBy("n").collect()] == [
        ("1", "a"),
        ("2", "b"),
    ]
    assert back.rename_field("t", "u").drop_fields(["n"]).toDF().columns == ["u"]


def test_names_what_it_lacks(spark) -> None:
    context = GlueContext(spark.sparkContext)

    with pytest.raises(NotImplementedError, match="create_dynamic_frame.from_catalog is not supp"):
        context.create_dynamic_frame.from_catalog(database="d", table_name="t")
    with pytest.raises(NotImplementedError, match="GlueContext.purge_table is not supported"):
        context.purge_table("d", "t")
    with pytest.raises(NotImplementedError, match="connection type jdbc is not supported"):
        context.create_dynamic_frame.from_options("jdbc", {}, "csv")
    with pytest.raises(NotImplementedError, match="DynamicFrame.resolveChoice is not supported"):
        _ = DynamicFrame(spark.range(1), context).resolveChoice
    with pytest.raises(NotImplementedError, match="job-bookmark-enable"):
        Job(context).init("j", {"job_bookmark_option": "job-bookmark-enable"})
