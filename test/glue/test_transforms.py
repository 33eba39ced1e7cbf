from __future__ import annotations

import inspect

import awsglue.transforms
import pytest
from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame


@pytest.fixture
def frame(spark) -> DynamicFrame:
    rows = spark.createDataFrame([(1, "a", None), (2, "b", None)], "n int, t string, u string")
    return DynamicFrame.fromDF(rows, GlueContext(spark.sparkContext), "rows")


@pytest.fixture
def names() -> dict:
    """What a script sees after the import that nearly all of them begin with."""
    scope: dict = {}
    exec("from awsglue.transforms import *", scope)
    return scope


def test_applies_each_transform(names, frame) -> None:
    def columns(name: str, *args: object, **options: object) -> list[str]:
        return names[name].apply(frame, *args, transformation_ctx="c", **options).toDF().columns

    assert columns("ApplyMapping", [("n", "int", "m", "string")]) == ["m"]
    assert columns("SelectFields", paths=["t"]) == ["t"]
    assert columns("DropFields", paths=["t", "u"]) == ["n"]
    assert columns("RenameField", "t", "v") == ["n", "v", "u"]
    assert columns("ResolveChoice", choice="make_cols") == ["n", "t", "u"]
    assert columns("DropNullFields") == ["n", "t"]
    assert columns("Map", f=lambda row: {"one": row["n"]}) == ["one"]
    assert names["Filter"].apply(frame=frame, f=lambda row: row["n"] > 1).count() == 1
    assert names["Join"].apply(frame, frame, ["n"], ["n"]).count() == 2
    assert names["Union"].apply(frame, frame).count() == 4
    assert names["Repartition"].apply(frame, 3).getNumPartitions() == 3
    assert names["Coalesce"].apply(frame, 1).getNumPartitions() == 1


def test_takes_the_last_parameters_of_aws_by_name_and_by_place(names, frame) -> None:
    by_name = {"transformation_ctx": "c", "info": "i", "stageThreshold": 1, "totalThreshold": 2}

    assert names["SelectFields"].apply(frame, ["t"], "c", "i", 1, 2).toDF().columns == ["t"]
    assert names["SelectFields"].apply(frame, ["t"], **by_name).toDF().columns == ["t"]
    assert frame.select_fields(["t"], "c", "i", 1, 2).toDF().columns == ["t"]
    assert frame.coalesce(1, False, **by_name).count() == 2
    assert names["MapToCollection"].apply(
        frame.split_fields(["n"], "a", "b"), lambda one, ctx: one, **by_name
    ).keys() == {"a", "b"}


@pytest.mark.parametrize("name", [each.__name__ for each in awsglue.transforms.TRANSFORMS])
def test_refuses_parameters_that_aws_has_not(names, name) -> None:
    with pytest.raises(TypeError, match="got an unexpected keyword argument 'transform_ctx'"):
        names[name].apply(**dict.fromkeys(required(names[name])), transform_ctx="c")


def required(transform: type) -> list[str]:
    parameters = inspect.signature(transform.__call__).parameters.values()
    return [p.name for p in parameters if p.default is p.empty and p.name != "self"]


def test_names_the_method_that_a_parameter_is_not_of(names, frame) -> None:
    for call, name in (
        (lambda: frame.drop_fields(["t"], transform_ctx="c"), "DynamicFrame.drop_fields"),
        (lambda: names["Filter"].apply(frame, f=bool, stage_threshold=1), "Filter.__call__"),
    ):
        with pytest.raises(TypeError, match=rf"{name}\(\) got an unexpected keyword argument '"):
            call()


def test_splits_and_selects(names, frame) -> None:
    by_rows = names["SplitRows"].apply(frame, {"n": {"<": 2}})
    by_fields = names["SplitFields"].apply(frame, ["n"])

    assert list(by_rows.keys()) == ["frame1", "frame2"]
    assert names["SelectFromCollection"].apply(dfc=by_rows, key="frame2").count() == 1
    assert names["SelectFromCollection"].apply(by_fields, "rows2").toDF().columns == ["t", "u"]
    first = names["MapToCollection"].apply(by_rows, lambda one, ctx: one.select_fields("t"))
    assert first["frame1"].toDF().columns == ["t"]


def test_names_the_transforms_that_it_lacks(names) -> None:
    with pytest.raises(NotImplementedError, match=r"transforms.Relationalize is.*it has ApplyMapp"):
        names["Relationalize"].apply(frame=None)
    with pytest.raises(NotImplementedError, match="awsglue.transforms.Unbox is not supported"):
        names["Unbox"]()
    with pytest.raises(NotImplementedError, match="awsglue.transforms.Nothing is not supported"):
        _ = awsglue.transforms.Nothing
