"""Request bodies to sequences of token ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from sagemaker_contract.media_types import split_header
from sagemaker_contract.prediction_formats import JSON, JSON_LINES
from sagemaker_contract.responses import RequestError, text

from .network_shape import NetworkShape
from .sequences import first_bad_token

_LONGEST = 5000


@dataclass(frozen=True)
class Query:
    """Sequences by side: of both sides where pairs are to be scored, of one where it is to be
    encoded.
    """

    sequences: dict[int, list[list[int]]]


def read_query(content_type: str | None, body: bytes, shape: NetworkShape) -> Query:
    """Raises RequestError, with 400 for the body and 415 for the content type."""
    media_type, parameters = split_header(content_type or "")
    if media_type not in (JSON, JSON_LINES):
        raise RequestError(
            text(
                415,
                f"Content type {content_type} is not supported. It must be {JSON} or {JSON_LINES}.",
            )
        )
    longest = _longest(parameters, shape)
    rows = _json_rows(body) if media_type == JSON else _line_rows(body)
    if not rows:
        raise _refused("The body holds no instance: it must hold at least one.")
    sides = [side for side in (0, 1) if isinstance(rows[0][1], dict) and f"in{side}" in rows[0][1]]
    sequences: dict[int, list[list[int]]] = {side: [] for side in sides}
    for where, row in rows:
        if not isinstance(row, dict):
            raise _refused(f'{where}: it must be an object with "in0", "in1" or both.')
        if [side for side in (0, 1) if f"in{side}" in row] != sides or not sides:
            raise _refused(
                f'{where}: it must have "in0" and "in1" for scores, or one of them for embeddings, '
                "and so must all instances of a request."
            )
        for side in sides:
            tokens = row[f"in{side}"]
            reason = first_bad_token(tokens, shape.vocab_sizes[side], f"enc{side}_vocab_size")
            if reason is not None:
                raise _refused(f"{where}: in{side} {reason}.")
            sequences[side].append(tokens[: longest[side]])
    return Query(sequences)


def _json_rows(body: bytes) -> list[tuple[str, Any]]:
    """Each instance and what to call it in an error."""
    content = _parse(body, "The body")
    if not isinstance(content, dict) or not isinstance(content.get("instances"), list):
        raise _refused('The body must be {"instances": [{"in0": [...], "in1": [...]}, ...]}.')
    return [(f"Instance {number}", row) for number, row in enumerate(content["instances"])]


def _line_rows(body: bytes) -> list[tuple[str, Any]]:
    lines = enumerate(body.split(b"\n"), 1)
    return [
        (f"Line {number}", _parse(line, f"Line {number}")) for number, line in lines if line.strip()
    ]


def _parse(content: bytes, what: str) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise _refused(f"{what} is not JSON: {error}.") from error


def _longest(parameters: dict[str, str], shape: NetworkShape) -> tuple[int, int]:
    """How many tokens of a sequence each encoder takes: as in training, unless the content type
    says otherwise.
    """
    given = parameters.get("infer_max_seqlens")
    if given is None:
        return shape.max_seq_lens
    numbers = [part.strip() for part in given.split(",")]
    if len(numbers) != 2 or not all(
        number.isascii() and number.isdigit() and 1 <= int(number[:6]) <= _LONGEST
        for number in numbers
    ):
        raise _refused(
            f"infer_max_seqlens is '{given}': it must be two integers from 1 to {_LONGEST}, parted "
            "by a comma, for in0 and in1."
        )
    return int(numbers[0]), int(numbers[1])


def _refused(message: str) -> RequestError:
    return RequestError(text(400, message))
