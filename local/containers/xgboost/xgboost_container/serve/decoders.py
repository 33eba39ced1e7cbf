"""Request bodies to features, with what the container accepts, refuses and says about it."""

from __future__ import annotations

import csv

import numpy as np
import orjson
from scipy import sparse

from ..content_types import CSV, LIBSVM, RECORDIO_PROTOBUF

_PLAIN_CSV = b"0123456789+-.eE,\r\n"
#: The container sniffs the delimiter from no more of the first line than this.
_SNIFFED = 512


class DecodingError(ValueError):
    """The body is not in the format that it is declared to be in."""


def decode(body: bytes, data_format: str) -> np.ndarray | sparse.csr_matrix:
    """The rows of a body in csv, libsvm or recordio-protobuf; missing values are NaN or left out.

    Raises DecodingError with the container's text.
    """
    try:
        if data_format == CSV:
            rows = decode_plain_csv(body)
            return _decode_csv(body) if rows is None else rows
        if data_format == LIBSVM:
            return _decode_libsvm(body.strip().decode("utf-8"))
        from sagemaker_contract.recordio import decode_records

        return decode_records(body)[0]
    except Exception as error:
        raise loading_failed(data_format, error) from error


def loading_failed(data_format: str, error: Exception) -> DecodingError:
    return DecodingError(
        f"Loading {data_format} data failed with Exception, please ensure data is in "
        f"{data_format} format:\n {type(error)}\n {error}"
    )


DECODED = (CSV, LIBSVM, RECORDIO_PROTOBUF)


def decode_plain_csv(body: bytes) -> np.ndarray | None:
    """Numbers between commas, as nearly all requests are: read by a JSON parser, ten times faster.

    Returns None for everything else, which the container's own way of reading then decides on.
    """
    if body.translate(None, _PLAIN_CSV):
        return None
    lines = body.strip()
    if b"," not in lines[:_SNIFFED].split(b"\n", 1)[0]:
        return None
    try:
        rows = orjson.loads(b"[[" + lines.replace(b"\n", b"],[") + b"]]")
        decoded = np.array(rows, dtype=np.float64)
    except ValueError:  # Blank cells, rows of unequal length, numbers that JSON writes otherwise.
        return None
    return decoded if decoded.ndim == 2 else None


def _decode_csv(body: bytes) -> np.ndarray:
    text = body.strip().decode("utf-8")
    lines = text.split("\n")
    sniffed = csv.Sniffer().sniff(lines[0][:_SNIFFED]).delimiter
    delimiter = "," if sniffed.isalnum() else sniffed
    rows = [[cell or "nan" for cell in line.split(delimiter)] for line in lines]
    # Through text, as in the container: its error messages name the cells as NumPy sees them.
    return np.array(rows).astype(float)


def _decode_libsvm(text: str) -> sparse.csr_matrix:
    rows, columns, values = [], [], []
    for number, line in enumerate(text.split("\n")):
        for item in line.split(" "):
            if ":" in item:
                column, value = item.split(":")[:2]
                rows.append(number)
                columns.append(column)
                values.append(value)
    # Rows are counted up to the last one with a feature: later ones are not answered, as on AWS.
    return sparse.csr_matrix(
        (np.array(values).astype(float), (np.array(rows), np.array(columns).astype(int)))
    )
