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


def test_names_what_it_lacks_and_what_there_is(spark) -> None:
    context = GlueContext(spark.sparkContext)
    frame = DynamicFrame.fromDF(spark.range(1), context, "numbers")

    with pytest.raises(NotImplementedError, match=r"from_catalog is not supp.*; it has from_opti"):
        context.create_dynamic_frame.from_catalog(database="d", table_name="t")
    with pytest.raises(NotImplementedError, match="write_dynamic_frame.from_jdbc_conf is not supp"):
        context.write_dynamic_frame.from_jdbc_conf(frame, "c")
    with pytest.raises(NotImplementedError, match="GlueContext.purge_table is not supported"):
        context.purge_table("d", "t")
    with pytest.raises(NotImplementedError, match="connection type jdbc is not supported"):
        context.create_dynamic_frame.from_options("jdbc", {}, "csv")
    with pytest.raises(NotImplementedError, match="DynamicFrame.relationalize is not.*it has appl"):
        frame.relationalize("root", "s3://b/tmp")
    with pytest.raises(NotImplementedError, match="toDF with options"):
        frame.toDF(["a"])
    with pytest.raises(NotImplementedError, match="Job.resume is not supported.*it has commit"):
        Job(context).resume()
    assert not hasattr(frame, "unbox")


def test_marks_a_job_and_refuses_bookmarks(spark) -> None:
    job = Job(GlueContext(spark.sparkContext))

    with pytest.raises(RuntimeError, match="before Job.init"):
        job.commit()
    with pytest.raises(NotImplementedError, match=r"job-bookmark-enable.*it has job-bookmark-disa"):
        job.init("j", {"job_bookmark_option": "job-bookmark-enable"})
    assert not job.isInitialized()
    job.init("j", getResolvedOptions(ARGV, ["JOB_NAME"]))
    job.commit()
    assert job.isInitialized()
