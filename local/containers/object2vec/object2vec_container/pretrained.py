"""Token vectors that were learned elsewhere, from files in the auxiliary channel.

The vocabulary is a JSON object of token -> id. The vectors are text, a line each: the token, then
its numbers, parted by spaces (the format of GloVe and of fastText's .vec, whose first line of two
counts is passed over).
"""

from __future__ import annotations

import json
import logging
from pathlib import Path

import numpy as np
from sagemaker_contract.errors import UserError

from .hyperparameters import Encoder

logger = logging.getLogger(__name__)


def load_pretrained(channel: Path, encoder: Encoder, side: int, table: np.ndarray) -> None:
    """Overwrites the rows of `table` ([vocab_size, token_embedding_dim]) whose tokens have a vector
    in the file; the others keep what they have.

    Raises UserError.
    """
    vocabulary = _vocabulary(
        _file(channel, encoder.vocab_file, f"enc{side}_vocab_file"), len(table)
    )
    path = _file(channel, encoder.pretrained_embedding_file, f"enc{side}_pretrained_embedding_file")
    width = table.shape[1]
    found = 0
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            parts = line.rstrip().rsplit(" ", width)
            if number == 1 and len(line.split()) == 2:
                continue
            where = f"{path.name}, line {number}"
            # A token may hold spaces; a number before the numbers is one too many.
            if len(parts) != width + 1 or _is_number(parts[0].rpartition(" ")[2]):
                raise UserError(
                    f"{where}: {len(line.split()) - 1} numbers after the token, where "
                    f"enc{side}_token_embedding_dim is {width}"
                )
            place = vocabulary.get(parts[0])
            if place is None:
                continue
            try:
                vector = np.array(parts[1:], np.float32)
            except ValueError as error:
                raise UserError(f"{where}: not a token and {width} numbers ({error})") from error
            if not np.isfinite(vector).all():
                raise UserError(f"{where}: a number is not finite")
            table[place] = vector
            found += 1
    if found == 0:
        raise UserError(
            f"{path.name} has a vector for none of the {len(vocabulary)} tokens of "
            f"{encoder.vocab_file}: do the two belong together?"
        )
    logger.info(
        "enc%d: %d of %d tokens have pretrained vectors; the others start at random",
        side,
        found,
        len(table),
    )


def _file(channel: Path, name: str, hyperparameter: str) -> Path:
    path = channel / name
    if not path.is_file():
        raise UserError(f"{hyperparameter} is '{name}': the auxiliary channel has no such file")
    return path


def _vocabulary(path: Path, vocab_size: int) -> dict[str, int]:
    try:
        vocabulary = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UserError(f"{path.name} is not JSON: {error}") from error
    if not isinstance(vocabulary, dict) or not vocabulary:
        raise UserError(f"{path.name} must be a JSON object of token -> id")
    for token, number in vocabulary.items():
        if type(number) is not int or not 0 <= number < vocab_size:
            raise UserError(
                f"{path.name}: token '{token}' has id {json.dumps(number)}: ids are integers from "
                f"0 to {vocab_size - 1} (the vocabulary's size is {vocab_size})"
            )
    return vocabulary


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
