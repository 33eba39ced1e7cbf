"""Transforms of rows and of collections. The parameters' names are AWS's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from awsglue.collection import DynamicFrameCollection
from awsglue.dynamicframe import DynamicFrame
from awsglue.last_parameters import with_last_parameters
from awsglue.transforms.transform import GlueTransform


class Filter(GlueTransform):
    @with_last_parameters
    def __call__(self, frame: DynamicFrame, f: Callable[[dict], Any]) -> DynamicFrame:
        return frame.filter(f)


class Map(GlueTransform):
    @with_last_parameters
    def __call__(self, frame: DynamicFrame, f: Callable[[dict], dict]) -> DynamicFrame:
        return frame.map(f)


class Join(GlueTransform):
    def __call__(
        self,
        frame1: DynamicFrame,
        frame2: DynamicFrame,
        keys1: list[str],
        keys2: list[str],
        transformation_ctx: str = "",
    ) -> DynamicFrame:
        return frame1.join(keys1, keys2, frame2)


class Union(GlueTransform):
    @with_last_parameters
    def __call__(self, frame1: DynamicFrame, frame2: DynamicFrame) -> DynamicFrame:
        return frame1.union(frame2)


class Repartition(GlueTransform):
    @with_last_parameters
    def __call__(self, frame: DynamicFrame, num_partitions: int) -> DynamicFrame:
        return frame.repartition(num_partitions)


class Coalesce(GlueTransform):
    @with_last_parameters
    def __call__(
        self, frame: DynamicFrame, num_partitions: int, shuffle: bool = False
    ) -> DynamicFrame:
        return frame.coalesce(num_partitions, shuffle)


class SplitRows(GlueTransform):
    @with_last_parameters
    def __call__(
        self,
        frame: DynamicFrame,
        comparison_dict: dict,
        name1: str = "frame1",
        name2: str = "frame2",
    ) -> DynamicFrameCollection:
        return frame.split_rows(comparison_dict, name1, name2)


class SelectFromCollection(GlueTransform):
    def __call__(
        self, dfc: DynamicFrameCollection, key: str, transformation_ctx: str = ""
    ) -> DynamicFrame:
        return dfc.select(key)


class MapToCollection(GlueTransform):
    @with_last_parameters
    def __call__(
        self,
        dfc: DynamicFrameCollection,
        callable: Callable[[DynamicFrame, str], DynamicFrame],
        transformation_ctx: str = "",
    ) -> DynamicFrameCollection:
        return dfc.map(callable, transformation_ctx)
