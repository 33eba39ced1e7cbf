"""Requests a second of the local XGBoost server, with a client on the same machine.

    PYTHONPATH=local/containers/xgboost:local/containers/contract python bench/serving.py

Trains a model on 5,000 rows of 69 features (100 rounds), cold and from standby, serves it, cold and
from standby, and prints seconds, requests a second at 1 and 8 connections, and rows a second in
batches of 1,000.
"""

from __future__ import annotations

import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROWS, FEATURES = 5000, 69
REPEATS = 5


def main() -> None:
    rows = churn_like_rows()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        lay_out(base, rows)
        report("training, cold, s", [train_cold(base) for _ in range(REPEATS)])
        report("training, from standby, s", [train_from_standby(base) for _ in range(REPEATS)])
        report("server up, cold, s", [boot_cold(base) for _ in range(REPEATS)])
        report("server up, from standby, s", [boot_from_standby(base) for _ in range(REPEATS)])

        features = [row.split(",", 1)[1] for row in rows]
        server = start("serve", base, SAGEMAKER_BIND_TO_PORT="0")
        port = json.loads(server.stdout.readline())["listening"]
        single = [request(row) for row in features[:200]]
        for connections in (1, 8):
            rates = [requests_per_second(port, single, connections, 2.0) for _ in range(3)]
            report(f"requests/s, {connections} connection(s)", rates, digits=0, best=max)
        batches = [request("\n".join(features[at : at + 1000])) for at in range(0, 5000, 1000)]
        rates = [1000 * requests_per_second(port, batches, 1, 2.0) for _ in range(3)]
        report("rows/s in batches of 1,000", rates, digits=0, best=max)
        end(server)


def churn_like_rows() -> list[str]:
    """label, 11 numbers, 58 zeros and ones: what the churn ETL writes."""
    generator = random.Random(7)
    rows = []
    for _ in range(ROWS):
        numbers = [f"{generator.uniform(0, 250):.1f}" for _ in range(11)]
        states = ["0"] * 51
        states[generator.randrange(51)] = "1"
        flags = [str(generator.randrange(2)) for _ in range(7)]
        label = int(float(numbers[2]) > 200 or generator.random() < 0.05)
        rows.append(",".join([str(label), *numbers, *states, *flags]))
    return rows


def lay_out(base: Path, rows: list[str]) -> None:
    config = base / "input" / "config"
    config.mkdir(parents=True)
    hyperparameters = {"num_round": "100", "objective": "binary:logistic", "max_depth": "5"}
    (config / "hyperparameters.json").write_text(
        json.dumps(hyperparameters | {"eval_metric": "error"})
    )
    settings = {
        "ContentType": "text/csv",
        "TrainingInputMode": "File",
        "S3DistributionType": "FullyReplicated",
        "RecordWrapperType": "None",
    }
    channels = {"train": rows[: ROWS * 7 // 10], "validation": rows[ROWS * 7 // 10 :]}
    (config / "inputdataconfig.json").write_text(json.dumps(dict.fromkeys(channels, settings)))
    for name, lines in channels.items():
        (base / "input" / "data" / name).mkdir(parents=True)
        (base / "input" / "data" / name / "part-00000.csv").write_text("\n".join(lines) + "\n")


def start(module: str, base: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", f"xgboost_container.{module}", *arguments],
        env={**os.environ, **environment, "SAGEMAKER_BASE_DIR": str(base)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def assign(worker: subprocess.Popen[str], base: Path, **environment: str) -> None:
    worker.stdin.write(json.dumps({"baseDir": str(base), "env": environment}) + "\n")
    worker.stdin.flush()


def end(process: subprocess.Popen[str]) -> None:
    process.stdin.close()
    process.wait(20)


def train_cold(base: Path) -> float:
    began = time.perf_counter()
    worker = start("train", base)
    worker.communicate()
    assert worker.returncode == 0
    return time.perf_counter() - began


def train_from_standby(base: Path) -> float:
    worker = start("train", base, "--standby")
    worker.stdout.readline()
    began = time.perf_counter()
    assign(worker, base)
    worker.stdout.read()
    assert worker.wait(60) == 0
    return time.perf_counter() - began


def boot_cold(base: Path) -> float:
    began = time.perf_counter()
    server = start("serve", base, SAGEMAKER_BIND_TO_PORT="0")
    server.stdout.readline()
    seconds = time.perf_counter() - began
    end(server)
    return seconds


def boot_from_standby(base: Path) -> float:
    server = start("serve", base, "--standby")
    server.stdout.readline()
    began = time.perf_counter()
    assign(server, base, SAGEMAKER_BIND_TO_PORT="0")
    server.stdout.readline()
    seconds = time.perf_counter() - began
    end(server)
    return seconds


def request(body: str) -> bytes:
    return (
        "POST /invocations HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def requests_per_second(
    port: int, requests: list[bytes], connections: int, seconds: float
) -> float:
    """Each connection sends its next request when the last one is answered."""
    counts = [0] * connections
    until = time.perf_counter() + seconds

    def send(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < until:
                connection.sendall(requests[counts[number] % len(requests)])
                read_answer(connection)
                counts[number] += 1

    threads = [threading.Thread(target=send, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def read_answer(connection: socket.socket) -> None:
    received = connection.recv(65536)
    assert received.startswith(b"HTTP/1.1 200"), received[:300]
    head = received.index(b"\r\n\r\n") + 4
    length = int(received[received.index(b"content-length: ") + 16 :].split(b"\r\n", 1)[0])
    while len(received) < head + length:
        received += connection.recv(65536)


def report(what: str, values: list[float], digits: int = 2, best=min) -> None:
    median = statistics.median(values)
    print(f"{what:36} best {best(values):10,.{digits}f}   median {median:10,.{digits}f}")


if __name__ == "__main__":
    main()
