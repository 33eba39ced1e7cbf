"""MXNet's files byte by byte."""

import numpy as np
import pytest
from sagemaker_contract.ndarray_files import read_ndarrays, write_ndarrays

# One array [[1, 2]] named "v", spelled out after NDArray::Save.
NAMED = bytes.fromhex(
    "1201000000000000"  # magic number of a list
    "0000000000000000"  # reserved
    "0100000000000000"  # arrays
    "c9fa93f9"  # magic number of an array, version 2
    "00000000"  # dense
    "02000000"  # dimensions
    "0100000000000000"
    "0200000000000000"
    "01000000"  # CPU
    "00000000"  # number 0
    "00000000"  # float32
    "0000803f"
    "00000040"
    "0100000000000000"  # names
    "0100000000000000"
    "76"
)


def test_writes_what_mxnet_writes():
    assert write_ndarrays({"v": np.array([[1.0, 2.0]])}) == NAMED


def test_reads_what_mxnet_writes():
    arrays = read_ndarrays(NAMED)

    assert list(arrays) == ["v"]
    assert arrays["v"].tolist() == [[1.0, 2.0]]


@pytest.mark.parametrize(("kind", "dtype"), [(0, "<f4"), (1, "<f8"), (4, "<i4"), (6, "<i8")])
def test_reads_every_type_of_number(kind, dtype):
    content = bytearray(NAMED)
    content[60:64] = bytes([kind, 0, 0, 0])
    content[64:72] = np.array([1, 2], dtype).tobytes()

    assert read_ndarrays(bytes(content))["v"].tolist() == [[1, 2]]


def test_arrays_without_names_are_a_list():
    arrays = read_ndarrays(write_ndarrays([np.arange(3.0), np.ones((2, 2, 2))]))

    assert [array.shape for array in arrays] == [(3,), (2, 2, 2)]
    assert arrays[0].tolist() == [0.0, 1.0, 2.0]


@pytest.mark.parametrize("length", range(0, len(NAMED), 3))
def test_a_file_that_is_cut_short_is_an_error(length):
    with pytest.raises(ValueError, match="cut short"):
        read_ndarrays(NAMED[:length])


@pytest.mark.parametrize(
    ("place", "byte", "sentence"),
    [
        (0, 0x13, "magic number missing"),
        (24, 0xC8, "of another version or a sparse one"),
        (28, 2, "of another version or a sparse one"),
        (60, 9, "an MXNet array of type 9"),
    ],
)
def test_what_it_cannot_read_is_an_error(place, byte, sentence):
    content = bytearray(NAMED)
    content[place] = byte

    with pytest.raises(ValueError, match=sentence):
        read_ndarrays(bytes(content))
