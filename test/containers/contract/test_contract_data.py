"""Rows of channels and requests, hyperparameter tables, answers."""

import json
import struct

import numpy as np
import pytest
from sagemaker_contract.errors import UnsupportedOnLaptopError, UserError
from sagemaker_contract.hyperparameter_table import (
    Boolean,
    Choice,
    Hyperparameter,
    Integer,
    Real,
    read_hyperparameters,
)
from sagemaker_contract.media_types import split_header
from sagemaker_contract.numeric_csv import parse_numeric_csv
from sagemaker_contract.opt_ml import OptMl
from sagemaker_contract.prediction_formats import encode_predictions
from sagemaker_contract.record_writer import encode_record, encode_rows
from sagemaker_contract.recordio import decode_records
from sagemaker_contract.tabular_channels import check_channels, read_rows
from sagemaker_contract.uniform_records import decode_uniform_records

ROWS = np.array([[1.5, -2.0, 0.0], [3.0, 4.0, 1e9]], np.float32)


@pytest.mark.parametrize("labels", [None, [7.0, -1.0]])
def test_reads_the_records_that_it_writes(labels):
    features, read = decode_records(encode_rows(ROWS, labels))

    assert features.tolist() == ROWS.tolist()
    assert (read is None) if labels is None else (read.tolist() == labels)


def test_records_of_one_form_are_read_at_once_and_others_one_by_one():
    alike = encode_rows(ROWS, [1, 2])
    # The first record says more than its numbers, so that it is longer.
    mixed = encode_record({"values": ROWS[0], "more": ROWS[0]}, {"values": ROWS[0, :1]}) + alike

    assert decode_uniform_records(alike) is not None
    assert decode_uniform_records(mixed) is None
    assert decode_records(mixed)[0].tolist() == [ROWS[0].tolist(), *ROWS.tolist()]


def test_records_of_one_length_but_other_fields_are_not_taken_for_alike():
    other = encode_record({"others": ROWS[0]})
    content = encode_rows(ROWS) + other

    assert len(other) * 3 == len(content)
    with pytest.raises(ValueError, match="no feature tensor 'values'"):
        decode_records(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        encode_rows(ROWS)[:-4],
        struct.pack("<II", 0xCED7230A, 4) + b"\x0a\x7f\x0a\x01",
        encode_record({"values": ROWS[0]}, {"values": np.array([])}),
    ],
)
def test_refuses_what_is_no_recordio(content):
    with pytest.raises(ValueError, match="record|protobuf"):
        decode_records(content)


def sparse_record(values, keys, width):
    """As `encode_record`, with the columns that its values are in."""

    def field(number, content):
        return bytes([number << 3 | 2, len(content)]) + content

    tensor = field(1, struct.pack(f"<{len(values)}f", *values)) if values else b""
    tensor += field(2, bytes(keys)) if keys else b""
    entry = field(1, b"values") + field(2, field(2, tensor + field(3, bytes([width]))))
    message = field(1, entry)
    return struct.pack("<II", 0xCED7230A, len(message)) + message + b"\0" * (-len(message) % 4)


def test_reads_sparse_records_rows_of_zeros_among_them():
    content = b"".join(
        [sparse_record([], [], 3), sparse_record([5], [2], 3), sparse_record([1, 2], [0, 1], 3)]
    )

    features, _ = decode_records(content)

    assert features.toarray().tolist() == [[0, 0, 0], [0, 0, 5], [1, 2, 0]]


def test_refuses_sparse_records_whose_keys_do_not_fit():
    with pytest.raises(ValueError, match="other numbers of keys than of values"):
        decode_records(sparse_record([5, 6], [2], 3))


@pytest.fixture
def channel(tmp_path):
    def lay_out(**files):
        folder = tmp_path / "input" / "data" / "train"
        folder.mkdir(parents=True)
        for name, content in files.items():
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return OptMl(tmp_path)

    return lay_out


CSV = {"ContentType": "text/csv"}
RECORDIO = {"ContentType": "application/x-recordio-protobuf"}


@pytest.mark.parametrize(
    ("files", "settings"),
    [
        ({"a.csv": "1,2,3\n4,5,6\n", "b.csv": "7,8,9\n", "_SUCCESS": ""}, CSV),
        ({"a": '1,"2",3\r\n4,5,6\r\n7,8,9'}, {"ContentType": "text/csv; label_size=1"}),
        ({"a": encode_rows(np.array([[2, 3], [5, 6], [8, 9]]), [1, 4, 7])}, RECORDIO),
    ],
)
def test_reads_all_files_of_a_channel_by_name(files, settings, channel):
    rows = read_rows(channel(**files), "train", settings, None, labelled=True)

    assert rows.features.tolist() == [[2, 3], [5, 6], [8, 9]]
    assert rows.labels.tolist() == [1, 4, 7]


@pytest.mark.parametrize(
    ("files", "settings", "message"),
    [
        ({"a": "x,y\n1,2\n"}, CSV, "row 1, column 1: got 'x'.*header"),
        ({"a": "1,2\n3,\n"}, CSV, "row 2, column 2: got ''"),
        ({"a": "1,2\n3,inf\n"}, CSV, "row 2, column 2"),
        ({"a": "1,2\n3\n"}, CSV, "row 2"),
        ({"a": "1,2\n", "b": "1,2,3\n"}, CSV, "file b: got 2 features a row"),
        ({"a": ""}, CSV, "there is no row in /opt/ml/input/data/train"),
        ({".hidden": "1,2\n"}, CSV, "Hidden file"),
        ({"a": "1,2\n"}, RECORDIO, "not recordio|truncated"),
        ({"a": encode_rows(ROWS)}, RECORDIO, "records without labels"),
        ({"a": encode_rows(ROWS * np.nan, [1, 2])}, RECORDIO, "row 1: features must be finite"),
        ({"a": "1,2\n"}, {"ContentType": "text/libsvm"}, "got content type text/libsvm"),
        ({"a": "1,2\n"}, {}, "got content type none"),
        ({"a": "1,2\n"}, {**CSV, "TrainingInputMode": "Pipe"}, "Pipe of channel 'train'"),
    ],
)
def test_says_what_is_wrong_with_a_channel(files, settings, message, channel):
    with pytest.raises((UserError, UnsupportedOnLaptopError), match=message):
        read_rows(channel(**files), "train", settings, None, labelled=True)


@pytest.mark.parametrize(
    "text",
    [
        "1,2.5\n-3e-2,4E3\n",
        "1,2.5\r\n\r\n-3e-2,4E3",
        "+1,2.5\n-.03,4000.\n",
        "01,2.50\n-0.03,4000\n",
        ' 1, 2.5\n"-0.03",4000',
    ],
)
def test_reads_numbers_however_they_are_written(text):
    assert parse_numeric_csv(text).tolist() == [[1, 2.5], [-0.03, 4000]]


@pytest.mark.parametrize("text", ["1,2]\n[3,4", "1,2],[3,4", "[1,2]", "1,,2", "1e999,2", "1,-"])
def test_takes_nothing_else_for_numbers(text):
    with pytest.raises(ValueError, match="row 1"):
        parse_numeric_csv(text)


def test_says_which_channels_are_missing_or_too_many():
    with pytest.raises(UserError, match="Channel 'train' is missing"):
        check_channels({}, {"train"}, set())
    with pytest.raises(UserError, match="Channel 'other' is fed, but nothing reads it"):
        check_channels({"train": {}, "other": {}}, {"train"}, {"test"})


TABLE = (
    Hyperparameter("k", Integer(2, 10, words=("auto",)), required=True),
    Hyperparameter("rate", Real(above=0, below=1), "0.5"),
    Hyperparameter("mode", Choice(("fast", "exact"))),
    Hyperparameter("scale", Boolean(), "true"),
)


def test_reads_hyperparameters_and_fills_in_defaults():
    assert read_hyperparameters(TABLE, {"k": "2", "scale": "False"}) == {
        "k": 2,
        "rate": 0.5,
        "mode": None,
        "scale": False,
    }
    assert read_hyperparameters(TABLE, {"k": "auto", "mode": "fast"})["k"] == "auto"


def test_takes_what_tuning_jobs_add():
    values = read_hyperparameters(TABLE, {"k": "2", "_tuning_objective_metric": "test:msd"})

    assert sorted(values) == ["k", "mode", "rate", "scale"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "k is missing: it must be given, as an integer from 2 to 10 or auto"),
        ({"k": "1"}, "k: got '1'; it must be an integer from 2 to 10 or auto"),
        ({"k": "2.5"}, "k: got '2.5'"),
        ({"k": "2", "rate": "0"}, "rate: got '0'; it must be a number above 0 and below 1"),
        ({"k": "2", "rate": "1"}, "rate: got '1'"),
        ({"k": "2", "rate": "nan"}, "rate: got 'nan'"),
        ({"k": "2", "mode": "slow"}, "mode: got 'slow'; it must be one of fast, exact"),
        ({"k": "2", "scale": "1"}, "scale: got '1'; it must be true or false"),
        ({"k": "2", "eta": "1"}, "eta: there is no such hyperparameter; there are k, rate"),
    ],
)
def test_refuses_hyperparameters_by_name(given, message):
    with pytest.raises(UserError, match=message):
        read_hyperparameters(TABLE, given)


def test_tells_all_mistakes_at_once():
    with pytest.raises(UserError, match="k: got '1'.*mode: got 'slow'.*eta: there is no"):
        read_hyperparameters(TABLE, {"k": "1", "mode": "slow", "eta": "1"})


def test_numbers_of_answers_are_those_of_float32_and_whole_numbers_stay_whole():
    answer = encode_predictions([{"score": 0.1, "predicted_label": 1}], "application/json")

    assert json.loads(answer.body) == {
        "predictions": [{"score": 0.10000000149011612, "predicted_label": 1}]
    }
    assert b'"predicted_label": 1}' in answer.body


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("text/csv", ("text/csv", {})),
        ('Text/CSV; label_size="0"; x', ("text/csv", {"label_size": "0"})),
    ],
)
def test_splits_media_types(header, expected):
    assert split_header(header) == expected


def test_paths_are_shown_as_on_aws(tmp_path):
    opt_ml = OptMl(tmp_path)

    assert opt_ml.resolve("/opt/ml/checkpoints") == tmp_path / "checkpoints"
    assert opt_ml.as_on_aws(opt_ml.channel("train")) == "/opt/ml/input/data/train"
    assert opt_ml.optional_config("resourceconfig") == {}
