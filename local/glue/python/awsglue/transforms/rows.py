"""Transforms of rows and of collections. The parameters' names are AWS's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from awsglue.collection import DynamicFrameCollection
from awsglue.dynamicframe import DynamicFrame
from awsglue.transforms.transform import GlueTransform


class Filter(GlueTransform):
    def __call__(
        self, frame: DynamicFrame, f: Callable[[dict], Any], *_: Any, **__: Any
    ) -> DynamicFrame:
        return frame.filter(f)


class Map(GlueTransform):
    def __call__(
        self, frame: DynamicFrame, f: Callable[[dict], dict], *_: Any, **__: Any
    ) -> DynamicFrame:
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
    def __call__(
        self, frame1: DynamicFrame, frame2: DynamicFrame, *_: Any, **__: Any
    ) -> DynamicFrame:
        return frame1.union(frame2)


class Repartition(GlueTransform):
    def __call__(
        self, frame: DynamicFrame, num_partitions: int, *_: Any, **__: Any
    ) -> DynamicFrame:
        return frame.repartition(num_partitions)


class Coalesce(GlueTransform):
    def __call__(
        self, frame: DynamicFrame, num_partitions: int, shuffle: bool = False, *_: Any, **__: Any
    ) -> DynamicFrame:
        return frame.coalesce(num_partitions, shuffle)


class SplitRows(GlueTransform):
    def __call__(
        self,
        frame: DynamicFrame,
        comparison_dict: dict,
        name1: str = "frame1",
        name2: str = "frame2",
        *_: Any,
        **__: Any,
    ) -> DynamicFrameCollection:
        return frame.split_rows(comparison_dict, name1, name2)


class SelectFromCollection(GlueTransform):
    def __call__(
        self, dfc: DynamicFrameCollection, key: str, transformation_ctx: str = ""
    ) -> DynamicFrame:
        return dfc.select(key)


class MapToCollection(GlueTransform):
    def __call__(
        self,
        dfc: DynamicFrameCollection,
        callable: Callable[[DynamicFrame, str], DynamicFrame],
        transformation_ctx: str = "",
        *_: Any,
        **__: Any,
    ) -> DynamicFrameCollection:
        return dfc.map(callable, transformation_ctx)
