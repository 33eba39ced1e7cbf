"""Input channels whose files hold one row of numbers a line or a record: text/csv, or
application/x-recordio-protobuf.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from .channel_files import files_of, size_of
from .errors import UnsupportedOnLaptopError, UserError
from .media_types import split_header
from .numeric_csv import NumericCsvError, parse_numeric_csv
from .opt_ml import OptMl
from .recordio import decode_records

CSV = "text/csv"
RECORDIO = "application/x-recordio-protobuf"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rows:
    #: (rows, features), float64, all finite
    features: np.ndarray
    #: (rows,); None where the algorithm learns without
    labels: np.ndarray | None


def check_channels(channels: Mapping[str, Any], required: set[str], optional: set[str]) -> None:
    """Raises UserError for channels that are missing or that nothing reads."""
    for name in sorted(required - set(channels)):
        raise UserError(f"Channel '{name}' is missing: the job must feed it.")
    for name in sorted(set(channels) - required - optional):
        known = ", ".join(sorted(required | optional))
        raise UserError(f"Channel '{name}' is fed, but nothing reads it: there are {known}.")


def read_rows(
    opt_ml: OptMl,
    channel: str,
    settings: Mapping[str, Any],
    feature_dim: int | None,
    labelled: bool,
) -> Rows:
    """All rows of a channel, file by file.

    `feature_dim`: None where the first file says how many features there are
    `settings`: of the channel, in inputdataconfig.json. In CSV the label is the first column; a
    channel of an algorithm without labels may have one all the same (label_size=1), it is dropped.
    Raises UserError that names channel, file, row and column.
    """
    if settings.get("TrainingInputMode", "File") == "Pipe":
        raise UnsupportedOnLaptopError(
            f"TrainingInputMode Pipe of channel '{channel}'", "Use File."
        )
    media_type, label_size = _content_type(channel, settings.get("ContentType"), labelled)
    folder = opt_ml.channel(channel)
    parts = [
        _read_file(path, media_type, label_size, f"Channel '{channel}', file {path.name}")
        for path in _data_files(folder)
    ]
    filled = [(place, part) for place, part in parts if len(part.features)]
    if not filled:
        raise UserError(
            f"Channel '{channel}' is empty: there is no row in {opt_ml.as_on_aws(folder)}."
        )
    width = filled[0][1].features.shape[1] if feature_dim is None else feature_dim
    for place, part in filled:
        _check(place, part, width, labelled)
    return Rows(
        np.concatenate([part.features for _, part in filled]),
        np.concatenate([part.labels for _, part in filled]) if labelled else None,
    )


def _data_files(folder: Path) -> list[Path]:
    if size_of(folder) == 0:
        return []
    # Markers of Spark, as _SUCCESS.
    return [path for path in files_of(folder) if not path.name.startswith("_")]


def _content_type(channel: str, content_type: str | None, labelled: bool) -> tuple[str, int]:
    """Media type and number of label columns."""
    media_type, parameters = split_header(content_type or "")
    if media_type not in (CSV, RECORDIO):
        raise UserError(
            f"Channel '{channel}': got content type {content_type or 'none'}; "
            f"it must be {CSV} or {RECORDIO}."
        )
    given = parameters.get("label_size")
    if media_type == CSV and given is None and not labelled:
        logger.warning(
            "Channel '%s' has content type %s: AWS asks for text/csv;label_size=0 where there is "
            "no label. It is read so here.",
            channel,
            content_type,
        )
    allowed = ("1",) if labelled else ("0", "1")
    if given is not None and given not in allowed:
        raise UserError(
            f"Channel '{channel}': got label_size={given}; it must be {' or '.join(allowed)}."
        )
    return media_type, int(given) if given is not None else int(labelled)


def _read_file(path: Path, media_type: str, label_size: int, place: str) -> tuple[str, Rows]:
    content = path.read_bytes()
    if not content:
        return place, Rows(np.empty((0, 0)), None)
    if media_type == RECORDIO:
        try:
            features, labels = decode_records(content)
        except ValueError as error:
            raise UserError(f"{place}: no {RECORDIO}: {error}.") from error
        dense = features.toarray() if sparse.issparse(features) else features
        return place, Rows(np.asarray(dense, dtype=np.float64), labels)
    try:
        rows = parse_numeric_csv(content.decode("utf-8-sig"))
    except (NumericCsvError, UnicodeDecodeError) as error:
        raise UserError(f"{place}, {error}") from error
    return place, Rows(rows[:, label_size:], rows[:, 0] if label_size else None)


def _check(place: str, rows: Rows, feature_dim: int, labelled: bool) -> None:
    width = rows.features.shape[1]
    if width != feature_dim:
        raise UserError(
            f"{place}: got {width} features a row; feature_dim says {feature_dim}. "
            "Mend one of them, or label_size of the content type."
        )
    if labelled and rows.labels is None:
        raise UserError(f"{place}: records without labels; each must have one.")
    for what, values in (
        ("features", rows.features),
        ("labels", rows.labels if labelled else None),
    ):
        if values is not None and not np.isfinite(values).all():
            row = int(np.argwhere(~np.isfinite(values))[0][0]) + 1
            raise UserError(f"{place}, row {row}: {what} must be finite numbers.")
