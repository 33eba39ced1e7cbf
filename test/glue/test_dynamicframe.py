from __future__ import annotations

import pytest
from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame, DynamicFrameCollection


@pytest.fixture
def context(spark) -> GlueContext:
    return GlueContext(spark.sparkContext)


@pytest.fixture
def people(spark, context) -> DynamicFrame:
    rows = [("1", "Ann", 30, ("Ulm",)), ("2", "Bob", None, ("Bonn",)), ("x", "Cem", 41, ("Ulm",))]
    schema = "id string, name string, age int, home struct<city: string>"
    return DynamicFrame.fromDF(spark.createDataFrame(rows, schema), context, "people")


def rows(frame: DynamicFrame) -> list[tuple]:
    return [tuple(row) for row in frame.toDF().collect()]


def test_shows_what_it_is(people, capsys) -> None:
    people.printSchema()
    people.show(1)

    printed = capsys.readouterr().out
    assert "|-- age: integer (nullable = true)" in printed
    assert '{"id":"1","name":"Ann","age":30,"home":{"city":"Ulm"}}' in printed
    assert people.count() == 3
    assert [field.name for field in people.schema()] == ["id", "name", "age", "home"]
    assert (people.errorsCount(), people.stageErrorsCount()) == (0, 0)
    assert people.assertErrorThreshold() is None


def test_selects_drops_and_renames_fields(people) -> None:
    assert rows(people.select_fields(["name", "id"])) == [("Ann", "1"), ("Bob", "2"), ("Cem", "x")]
    assert people.drop_fields("home").toDF().columns == ["id", "name", "age"]
    assert people.drop_fields(["home", "nothing"]).toDF().columns == ["id", "name", "age"]
    assert people.rename_field("age", "years").toDF().columns == ["id", "name", "years", "home"]
    dotted = people.rename_field("age", "`a.b`")
    assert dotted.select_fields("`a.b`").toDF().columns == ["a.b"]
    with pytest.raises(ValueError, match="no field 'height'; the frame has id, name, age, home"):
        people.select_fields(["height"])
    with pytest.raises(ValueError, match="rename_field: there is no field"):
        people.rename_field("height", "size")
    with pytest.raises(NotImplementedError, match="select_fields of the nested field home.city"):
        people.select_fields(["home.city"])


def test_maps_fields_by_name_and_type(people) -> None:
    mapped = people.apply_mapping(
        [
            ("home.city", "string", "city", "string"),
            ("ID", "string", "number", "long"),
            ("age", "int", "age", "double"),
        ]
    )

    assert rows(mapped) == [("Ulm", 1, 30.0), ("Bonn", 2, None), ("Ulm", None, 41.0)]
    assert mapped.toDF().schema.simpleString() == "struct<city:string,number:bigint,age:double>"
    with pytest.raises(ValueError, match="no field 'ID'"):
        people.apply_mapping([("ID", "string", "n", "long")], case_sensitive=True)
    with pytest.raises(NotImplementedError, match="type varchar is not supported.*it has bigint"):
        people.apply_mapping([("id", "string", "n", "varchar")])
    with pytest.raises(ValueError, match="is no \\(name, type, name, type\\)"):
        people.apply_mapping([("id", "n")])


def test_casts_where_resolve_choice_asks_for_it(people) -> None:
    cast = people.resolveChoice(specs=[("id", "cast:int"), ("age", "make_cols")])

    assert [row[0] for row in rows(cast)] == [1, 2, None]
    assert rows(people.resolveChoice(choice="make_struct")) == rows(people)
    with pytest.raises(NotImplementedError, match="match_catalog"):
        people.resolveChoice(choice="match_catalog", database="d", table_name="t")
    with pytest.raises(NotImplementedError, match="resolveChoice action keep"):
        people.resolveChoice(specs=[("id", "keep")])
    with pytest.raises(ValueError, match="either specs or choice"):
        people.resolveChoice()


def test_filters_by_a_function_whose_failures_mean_no(people) -> None:
    older = people.filter(f=lambda row: row["age"] > 35)

    assert [row[1] for row in rows(older)] == ["Cem"]  # Bob's age cannot be compared
    assert older.schema() == people.schema()


def test_maps_rows_by_a_function(people) -> None:
    def change(row: dict) -> dict:
        row["city"] = row.pop("home")["city"]
        if row["age"] is None:
            del row["age"]
        row["nothing"] = None
        return row

    changed = people.map(change)

    assert changed.toDF().columns == ["id", "name", "age", "city", "nothing"]
    assert rows(changed)[1] == ("2", "Bob", None, "Bonn", None)
    assert dict(changed.toDF().dtypes)["nothing"] == "string"


def test_fails_over_a_function_that_fails(people) -> None:
    with pytest.raises(Exception, match="ZeroDivisionError"):
        people.map(lambda row: {"n": 1 / 0})
    with pytest.raises(Exception, match="not the record"):
        people.map(lambda row: None)
    with pytest.raises(Exception, match="Can not merge type"):
        people.map(lambda row: {"n": [1] if row["age"] is None else row["age"]})


def test_joins_with_the_other_side_marked_where_names_clash(spark, context, people) -> None:
    cities = spark.createDataFrame([("1", "red")], "id string, colour string")

    joined = people.join(["id"], ["id"], DynamicFrame.fromDF(cities, context, "cities"))

    assert joined.toDF().columns == ["id", "name", "age", "home", ".id", "colour"]
    assert [row[-1] for row in rows(joined)] == ["red"]
    with pytest.raises(ValueError, match="not fields in pairs"):
        people.join(["id", "name"], ["id"], people)


def test_splits_rows_and_fields(people) -> None:
    by_age = people.split_rows({"age": {">": 30, "<=": 41}}, "old", "others")
    by_field = people.split_fields(["id"], "keys", "rest")

    assert [row[1] for row in rows(by_age["old"])] == ["Cem"]
    assert [row[1] for row in rows(by_age.select("others"))] == ["Ann", "Bob"]
    assert [by_field[name].toDF().columns for name in by_field.keys()] == [  # noqa: SIM118
        ["id"],
        ["name", "age", "home"],
    ]
    with pytest.raises(KeyError, match="no frame 'none' among old, others"):
        by_age.select("none")
    with pytest.raises(NotImplementedError, match="split_rows operator ~"):
        people.split_rows({"age": {"~": 1}}, "a", "b")


def test_partitions_and_unions(spark, context, people) -> None:
    more = DynamicFrame.fromDF(spark.sql("SELECT 'y' AS id, 7L AS extra"), context, "more")

    assert people.repartition(3).getNumPartitions() == 3
    assert people.repartition(3).coalesce(2).getNumPartitions() == 2
    assert people.coalesce(2, True).getNumPartitions() == 2
    both = people.union(more)
    assert both.toDF().columns == ["id", "name", "age", "home", "extra"]
    assert both.count() == 4


def test_collects_frames_by_name(context, people) -> None:
    frames = DynamicFrameCollection([people], context)

    fewer = frames.map(lambda frame, ctx: frame.select_fields(["id"]))

    assert (len(fewer), list(fewer.keys())) == (1, ["people"])
    assert fewer["people"].toDF().columns == ["id"]
    with pytest.raises(NotImplementedError, match="DynamicFrameCollection.flatmap is not supp"):
        frames.flatmap(lambda frame, ctx: frame)
