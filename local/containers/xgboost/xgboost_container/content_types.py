"""The content types of XGBoost's container."""

from __future__ import annotations

from sagemaker_contract.media_types import split_header

CSV = "csv"
LIBSVM = "libsvm"
PARQUET = "parquet"
RECORDIO_PROTOBUF = "recordio-protobuf"

FORMATS = {
    CSV: CSV,
    LIBSVM: LIBSVM,
    PARQUET: PARQUET,
    RECORDIO_PROTOBUF: RECORDIO_PROTOBUF,
    "text/csv": CSV,
    "text/libsvm": LIBSVM,
    "text/x-libsvm": LIBSVM,
    "application/x-parquet": PARQUET,
    "application/x-recordio-protobuf": RECORDIO_PROTOBUF,
}


class ContentTypeError(ValueError):
    """The content type is none that the container reads."""


def format_of(content_type: str | None) -> str:
    """The data format that a content type, with or without parameters, stands for. None is libsvm.

    Raises ContentTypeError.
    """
    if content_type is None:
        return LIBSVM
    media_type, parameters = split_header(content_type)
    if media_type not in FORMATS:
        raise ContentTypeError(
            f"{content_type} is not an accepted ContentType: {', '.join(FORMATS)}."
        )
    if FORMATS[media_type] == CSV and parameters.get("label_size", "1") != "1":
        raise ContentTypeError(
            f"{content_type} is not an accepted csv ContentType. "
            "Optional parameter label_size must be equal to 1"
        )
    return FORMATS[media_type]
