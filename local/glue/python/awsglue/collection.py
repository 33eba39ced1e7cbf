"""Several DynamicFrames by name."""

from __future__ import annotations

from collections.abc import Callable, KeysView, ValuesView
from typing import TYPE_CHECKING

from awsglue.not_supported import lacks

if TYPE_CHECKING:
    from awsglue.context import GlueContext
    from awsglue.dynamicframe import DynamicFrame


class DynamicFrameCollection:
    """What splitting gives: `collection.select(name)` or `collection[name]`."""

    def __init__(
        self, dynamic_frames: dict[str, DynamicFrame] | list[DynamicFrame], glue_ctx: GlueContext
    ) -> None:
        if isinstance(dynamic_frames, list):
            dynamic_frames = {frame.name: frame for frame in dynamic_frames}
        self._frames = dict(dynamic_frames)
        self._glue_ctx = glue_ctx

    def __getitem__(self, key: str) -> DynamicFrame:
        return self._frames[key]

    def __len__(self) -> int:
        return len(self._frames)

    def keys(self) -> KeysView[str]:
        return self._frames.keys()

    def values(self) -> ValuesView[DynamicFrame]:
        return self._frames.values()

    def select(self, key: str, transformation_ctx: str = "") -> DynamicFrame:
        """Raises KeyError for a name that is not there, where Glue gives an empty frame."""
        if key not in self._frames:
            raise KeyError(f"no frame {key!r} among {', '.join(self._frames)}")
        return self._frames[key]

    def map(
        self, callable: Callable[[DynamicFrame, str], DynamicFrame], transformation_ctx: str = ""
    ) -> DynamicFrameCollection:
        changed = {
            name: callable(frame, f"{transformation_ctx}:{name}")
            for name, frame in self._frames.items()
        }
        return DynamicFrameCollection(changed, self._glue_ctx)

    def __getattr__(self, name: str) -> object:
        raise lacks("DynamicFrameCollection", DynamicFrameCollection, name)
