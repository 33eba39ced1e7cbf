"""What is no CSV in UTF-8, made of a good file: the same for every script."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile

from malformed.case import Case

EXPORT = "Export it as CSV (UTF-8) and upload that."
SAVE = "Save it as UTF-8 and upload that."
TABLE = "not CSV. Export the table as CSV (UTF-8)."


def cases(good: bytes) -> list[Case]:
    decoded = good.decode()
    row = decoded.splitlines()[0]
    two = "\n".join(decoded.splitlines()[:2]).encode()
    return [
        Case("gzip", gzip.compress(good), "is compressed (gzip), not CSV. Decompress it and"),
        Case("bzip2", bz2.compress(good), "is compressed (bzip2), not CSV. Decompress it and"),
        Case("xz", lzma.compress(good), "is compressed (xz), not CSV. Decompress it and"),
        Case(
            "zstd",
            b"\x28\xb5\x2f\xfd\x04\x00",
            "is compressed (zstd), not CSV. Decompress it and upload that.",
        ),
        Case(
            "xlsx", zipped(good), f"is an Excel workbook or another zip archive, not CSV. {EXPORT}"
        ),
        Case(
            "xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
            f"is an old Excel workbook, not CSV. {EXPORT}",
        ),
        Case("parquet", b"PAR1\x15\x04\x15\x10PAR1", f"is a Parquet file, not CSV. {EXPORT}"),
        Case("avro", b"Obj\x01\x04\x16avro.schema", f"is an Avro file, not CSV. {EXPORT}"),
        Case("orc", b"ORC\x08\x03\x10\x00", f"is an ORC file, not CSV. {EXPORT}"),
        Case("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", f"is a PDF document, not CSV. {EXPORT}"),
        Case("UTF-16", decoded.encode("utf-16"), f"is UTF-16 text, not CSV. {SAVE}"),
        Case(
            "UTF-16, big-endian",
            b"\xfe\xff" + decoded.encode("utf-16-be"),
            f"is UTF-16 text, not CSV. {SAVE}",
        ),
        Case(
            "UTF-16 without its mark",
            decoded.encode("utf-16-le"),
            "row 1 holds a zero byte: it is UTF-16 without a byte order mark, or no text at all.",
        ),
        Case("UTF-32", decoded.encode("utf-32"), f"is UTF-32 text, not CSV. {SAVE}"),
        Case(
            "UTF-32, big-endian",
            b"\x00\x00\xfe\xff" + decoded.encode("utf-32-be"),
            f"is UTF-32 text, not CSV. {SAVE}",
        ),
        Case(
            "Latin-1 in the first row",
            f"é{row}\n".encode("latin-1") + good,
            "row 1 is not UTF-8: byte 1 of the file is 0xe9, as Latin-1 and Windows code pages",
        ),
        Case(
            "Latin-1 in row 3",
            two + "\nZürich\n".encode("latin-1"),
            f"row 3 is not UTF-8: byte {len(two) + 3} of the file is 0xfc, as Latin-1",
        ),
        Case(
            "UTF-8 that is cut off within a letter",
            two + "\né".encode()[:-1],
            f"row 3 is not UTF-8: byte {len(two) + 2} of the file is 0xc3",
        ),
        Case("overlong UTF-8", two + b"\n\xc0\xaf", "row 3 is not UTF-8: byte"),
        Case("a surrogate in UTF-8", two + b"\n\xed\xa0\x80", "row 3 is not UTF-8: byte"),
        Case("a zero byte in row 2", b"a,b\n1,\x002\n", "row 2 holds a zero byte"),
        Case("zero bytes only", bytes(1000), "row 1 holds a zero byte"),
        Case("JSON", json.dumps([{"a": 1}], indent=1).encode(), f"is JSON, {TABLE}"),
        Case("JSON lines", b'{"a": 1}\n{"a": 2}\n', f"is JSON, {TABLE}"),
        Case("a page in HTML", b"<!DOCTYPE html>\n<html><body>", f"is HTML or XML, {TABLE}"),
        Case(
            "an answer of S3",
            b'\n<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
            f"is HTML or XML, {TABLE}",
        ),
        Case(
            "one line of 2 MB",
            b"7," * 2**20,
            "row 1 has not ended after 1048576 bytes, so it is no table. Write one row a line.",
        ),
        Case(
            "one quoted field of 2 MB",
            b'"' + b"x" * 2**21 + b'"\n',
            "row 1 has not ended after 1048576 bytes",
        ),
    ]


def zipped(content: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("xl/worksheets/sheet1.xml", content)
    return archive.getvalue()
