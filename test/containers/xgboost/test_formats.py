"""recordio-protobuf and Parquet, in training and in requests."""

import struct

import pyarrow
import pytest
from jobs import binary_job
from pyarrow import parquet
from sagemaker_contract.recordio import decode_records


def field(number, content):
    return bytes([number << 3 | 2, len(content)]) + content


def record(values, label=None, keys=None, width=None):
    """One row in recordio-protobuf: a frame around features, and a label, as float32 tensors."""

    def entry(numbers, keys=None, width=None):
        tensor = field(1, struct.pack(f"<{len(numbers)}f", *numbers))
        tensor += field(2, bytes(keys)) if keys is not None else b""
        tensor += field(3, bytes([width])) if width is not None else b""
        return field(1, b"values") + field(2, field(2, tensor))

    message = field(1, entry(values, keys, width))
    message += field(2, entry([label])) if label is not None else b""
    return struct.pack("<II", 0xCED7230A, len(message)) + message + b"\0" * (-len(message) % 4)


def test_decodes_dense_and_sparse_records():
    dense, labels = decode_records(record([1, 2], 1) + record([3, 4], 0))
    sparse, none = decode_records(record([5], keys=[2], width=4) + record([6, 7], keys=[0, 3]))

    assert (dense.tolist(), labels.tolist()) == ([[1, 2], [3, 4]], [1, 0])
    assert sparse.toarray().tolist() == [[0, 0, 5, 0], [6, 0, 0, 7]]
    assert none is None


@pytest.mark.parametrize("content", [b"no record", record([1])[:-4], b"\x0a\x23\xd7\xce\x04\0\0\0"])
def test_refuses_what_is_no_recordio(content):
    with pytest.raises(ValueError, match="recordio|truncated"):
        decode_records(content)


def test_trains_on_and_serves_recordio(workers):
    rows = [(0, 1, 10), (1, 2, 20), (0, 1, 11), (1, 3, 22), (0, 2, 9), (1, 3, 25), (0, 1, 12)]
    content = b"".join(record(values, label) for label, *values in [*rows, (1, 2, 21)])
    channel = {"ContentType": "application/x-recordio-protobuf"}

    job = workers.train(binary_job({"train/t.rec": content}, channel))

    assert job.exit == 0, job.stderr
    assert "[1]\ttrain-logloss:0.55436" in job.stdout
    server = workers.server(job.base / "model", {})
    answer = server.request(
        "POST", "/invocations", {"Content-Type": "recordio-protobuf"}, record([2, 21])
    )
    assert answer == (200, "text/csv; charset=utf-8", "0.5744425058364868\n")


def test_trains_on_parquet_as_on_the_same_rows_in_csv(workers, tmp_path):
    columns = {
        "label": [0, 1] * 4,
        "a": [1, 2, 1, 3, 2, 3, 1, 2],
        "b": [10.5, 20, None, 22, 9, 25, 12, 21],
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "t.parquet")
    rows = zip(*columns.values(), strict=True)
    csv = "\n".join(",".join("" if x is None else str(x) for x in row) for row in rows)
    parts = {f"train/part-{n}.parquet": (tmp_path / "t.parquet").read_bytes() for n in (0, 1)}

    job = workers.train(binary_job(parts, {"ContentType": "application/x-parquet"}))
    same = workers.train(binary_job({"train/a.csv": f"{csv}\n", "train/b.csv": f"{csv}\n"}))

    assert job.exit == 0, job.stderr
    assert "Train matrix has 16 rows and 2 columns" in job.stderr
    assert metrics_of(job) == metrics_of(same) != []


def test_says_that_a_parquet_file_is_none(workers):
    channel = {"ContentType": "application/x-parquet"}

    job = workers.train(binary_job({"train/t.parquet": b"0,1,2\n"}, channel))

    assert job.exit == 1
    failure = (job.base / "output" / "failure").read_text()
    assert "Failed to load parquet data with exception" in failure


def metrics_of(job):
    return [line for line in job.stdout.splitlines() if line.startswith("[")]
