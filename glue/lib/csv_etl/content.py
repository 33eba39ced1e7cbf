"""The start of a file, looked at before Spark sees any of it: whether it is text, and its lines."""

from __future__ import annotations

import re

from csv_etl.errors import InputError

# Bytes that are looked at; a first line that is longer is that of no table.
HEAD_BYTES = 2**20

# How files begin that are often taken for CSV, by the programs that write them. The longest first
# where one starts as another does.
SIGNATURES = [
    (b"\x1f\x8b", "compressed (gzip)", "Decompress it"),
    (b"PK\x03\x04", "an Excel workbook or another zip archive", "Export it as CSV (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "Export it as CSV (UTF-8)"),
    (b"BZh", "compressed (bzip2)", "Decompress it"),
    (b"\xfd7zXZ\x00", "compressed (xz)", "Decompress it"),
    (b"\x28\xb5\x2f\xfd", "compressed (zstd)", "Decompress it"),
    (b"PAR1", "a Parquet file", "Export it as CSV (UTF-8)"),
    (b"Obj\x01", "an Avro file", "Export it as CSV (UTF-8)"),
    (b"ORC", "an ORC file", "Export it as CSV (UTF-8)"),
    (b"%PDF-", "a PDF document", "Export it as CSV (UTF-8)"),
    (b"\x00\x00\xfe\xff", "UTF-32 text", "Save it as UTF-8"),
    (b"\xff\xfe\x00\x00", "UTF-32 text", "Save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text", "Save it as UTF-8"),
    (b"\xff\xfe", "UTF-16 text", "Save it as UTF-8"),
]

# What opens JSON or HTML: a mapping or a list of them, or a tag.
JSON = re.compile(r'\s*(\{\s*("|\}|$)|\[\s*(\{|\[|\]|"|$))')
MARKUP = re.compile(r"\s*<(!doctype|html|head|body|table|\?xml|!--)", re.IGNORECASE)

LINE_END = re.compile(r"\r\n|\n|\r")


def lines_of_head(head: bytes, is_whole: bool, source: str) -> list[str]:
    """
    The whole lines that the start of a file holds, without their ends; a byte order mark stays.
    `is_whole`: there is nothing after `head`.

    Raises InputError for what is no text in UTF-8, and where no line ends within it.
    """
    _refuse_signatures(head, source)
    whole = head if is_whole else _without_last_line(head, source)
    text = _decoded(whole, source)
    _refuse_other_formats(text, source)
    lines = LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]


def _refuse_signatures(head: bytes, source: str) -> None:
    for signature, kind, remedy in SIGNATURES:
        if head.startswith(signature):
            raise InputError(f"{source} is {kind}, not CSV. {remedy} and upload that.")


def _without_last_line(head: bytes, source: str) -> bytes:
    end = max(head.rfind(b"\n"), head.rfind(b"\r"))
    if end < 0:
        raise InputError(
            f"{source}: row 1 has not ended after {len(head)} bytes, so it is no table. "
            "Write one row a line."
        )
    return head[: end + 1]


def _decoded(head: bytes, source: str) -> str:
    zero = head.find(b"\x00")
    if zero >= 0:
        row = len(LINE_END.split(head[:zero].decode(errors="replace")))
        raise InputError(
            f"{source}: row {row} holds a zero byte: it is UTF-16 without a byte order mark, or no "
            "text at all. Save it as UTF-8."
        )
    try:
        return head.decode()
    except UnicodeDecodeError as error:
        row = len(LINE_END.split(head[: error.start].decode()))
        raise InputError(
            f"{source}: row {row} is not UTF-8: byte {error.start + 1} of the file is "
            f"0x{head[error.start]:02x}, as Latin-1 and Windows code pages write letters. "
            "Save it as UTF-8."
        ) from None


def _refuse_other_formats(text: str, source: str) -> None:
    start = text.removeprefix("\ufeff")
    kind = "JSON" if JSON.match(start) else "HTML or XML" if MARKUP.match(start) else None
    if kind is not None:
        raise InputError(f"{source} is {kind}, not CSV. Export the table as CSV (UTF-8).")
