"""Object2Vec of the local cloud on ratings that 400 users gave to 300 items, 1 to 5 with noise.

    PYTHONPATH=local/containers/object2vec:local/containers/contract \
        python bench/object2vec_quality.py

Prints the mean squared error on ratings that nobody has seen, of the runner and of factorizations
with scikit-learn, between what guessing the mean gives and the noise, below which nothing can go;
then the seconds of processes: training cold and from standby, and serving.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.linear_model import Ridge

USERS, ITEMS, RANK, NOISE = 400, 300, 3, 0.3
TRAINED, UNSEEN = 20_000, 5_000

RATINGS = {
    "enc0_network": "pooled_embedding",
    "enc0_max_seq_len": 1,
    "enc0_vocab_size": USERS,
    "enc1_network": "pooled_embedding",
    "enc1_max_seq_len": 1,
    "enc1_vocab_size": ITEMS,
    "output_layer": "mean_squared_error",
}
#: Small, without a head: little more than a factorization.
GOOD = {
    **RATINGS,
    "comparator_list": "hadamard, concat",
    "mlp_layers": 0,
    "enc_dim": 16,
    "enc0_token_embedding_dim": 16,
    "enc1_token_embedding_dim": 16,
    "mini_batch_size": 64,
    "learning_rate": 0.003,
    "epochs": 25,
    "early_stopping_patience": 5,
    "early_stopping_tolerance": 0.000001,
}
DEFAULT_HEAD = {**RATINGS, "enc_dim": 64, "mini_batch_size": 64, "epochs": 5}
SMALL_HEAD = {**DEFAULT_HEAD, "mlp_layers": 1, "mlp_dim": 256}


def ratings() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Users, items, what they gave."""
    random = np.random.default_rng(0)
    tastes = random.normal(size=(USERS, RANK)) / np.sqrt(RANK)
    traits = random.normal(size=(ITEMS, RANK))
    generous, good = (0.3 * random.normal(size=count) for count in (USERS, ITEMS))
    # Each pair at most once.
    pairs = random.permutation(USERS * ITEMS)[: TRAINED + UNSEEN]
    users, items = np.divmod(pairs, ITEMS)
    given = 3.2 + 0.7 * (tastes[users] * traits[items]).sum(1) + generous[users] + good[items]
    return users, items, given + NOISE * random.normal(size=len(pairs))


def alternating_ridge(users: np.ndarray, items: np.ndarray, given: np.ndarray) -> float:
    """Alternating least squares with biases, rank known."""
    mean = given[:TRAINED].mean()
    random = np.random.default_rng(1)
    sides = [0.3 * random.normal(size=(count, RANK + 1)) for count in (USERS, ITEMS)]
    who = [users, items]
    for turn in range(30):
        side, other = turn % 2, 1 - turn % 2
        for number in range(len(sides[side])):
            rows = np.flatnonzero(who[side][:TRAINED] == number)
            theirs = sides[other][who[other][rows]]
            ridge = Ridge(0.3).fit(theirs[:, :RANK], given[rows] - mean - theirs[:, RANK])
            sides[side][number] = [*ridge.coef_, ridge.intercept_]
    first, second = sides[0][users[TRAINED:]], sides[1][items[TRAINED:]]
    guesses = mean + (first[:, :RANK] * second[:, :RANK]).sum(1) + first[:, RANK] + second[:, RANK]
    return float(np.square(guesses - given[TRAINED:]).mean())


def truncated_svd(users: np.ndarray, items: np.ndarray, given: np.ndarray) -> float:
    """Of the full matrix, in which what is unknown is what the last round guessed."""
    mean = given[:TRAINED].mean()
    known = (users[:TRAINED], items[:TRAINED])
    matrix = np.zeros((USERS, ITEMS))
    for _ in range(40):
        matrix[known] = given[:TRAINED] - mean
        svd = TruncatedSVD(RANK + 2, random_state=0)
        matrix = svd.fit_transform(matrix) @ svd.components_
    guesses = mean + matrix[users[TRAINED:], items[TRAINED:]]
    return float(np.square(guesses - given[TRAINED:]).mean())


def lay_out(base: Path, hyperparameters: dict[str, object]) -> None:
    users, items, given = ratings()
    config = base / "input" / "config"
    config.mkdir(parents=True)
    text = {name: str(value) for name, value in hyperparameters.items()}
    (config / "hyperparameters.json").write_text(json.dumps(text))
    channel = {"ContentType": "application/jsonlines", "TrainingInputMode": "File"}
    parts = {"train": slice(TRAINED), "validation": slice(TRAINED, None)}
    (config / "inputdataconfig.json").write_text(json.dumps(dict.fromkeys(parts, channel)))
    for name, part in parts.items():
        rows = zip(users[part], items[part], given[part], strict=True)
        lines = (
            json.dumps({"label": float(label), "in0": [int(user)], "in1": [int(item)]})
            for user, item, label in rows
        )
        folder = base / "input" / "data" / name
        folder.mkdir(parents=True)
        (folder / "ratings.jsonl").write_text("\n".join(lines))


def start(module: str, base: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", f"object2vec_container.{module}", *arguments],
        env={**os.environ, "SAGEMAKER_BASE_DIR": str(base), "SAGEMAKER_BIND_TO_PORT": "0"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=(base / "log").open("w"),
        text=True,
    )


def train(hyperparameters: dict[str, object], base: Path, standby: bool) -> tuple[float, float]:
    """Seconds, and the error on channel validation."""
    lay_out(base, hyperparameters)
    began = time.perf_counter()
    process = start("train", base, *(["--standby"] if standby else []))
    if standby:
        process.stdout.readline()
        began = time.perf_counter()
        process.stdin.write(json.dumps({"baseDir": str(base)}) + "\n")
        process.stdin.flush()
    process.wait()
    seconds = time.perf_counter() - began
    log = (base / "log").read_text()
    if process.returncode != 0:
        raise RuntimeError(log)
    return seconds, float(re.findall(r"validation mean_squared_error <loss>=(\S+)", log)[-1])


def serve(base: Path) -> dict[str, float]:
    began = time.perf_counter()
    process = start("serve", base)
    port = json.loads(process.stdout.readline())["listening"]
    figures = {"server up, cold": time.perf_counter() - began}
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def invoke(pairs: int) -> float:
        rows = [{"in0": [row % USERS], "in1": [row % ITEMS]} for row in range(pairs)]
        body = json.dumps({"instances": rows})
        sent = time.perf_counter()
        headers = {"Content-Type": "application/json"}
        connection.request("POST", "/invocations", body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the endpoint answered {answer.status}")
        return time.perf_counter() - sent

    figures["its first request, one pair"] = invoke(1)
    for pairs, count in ((1, 500), (1000, 20)):
        times = [invoke(pairs) for _ in range(count)]
        figures[f"later requests, pairs: {pairs:,} (median)"] = float(np.median(times))
    connection.close()
    process.stdin.close()
    process.wait()
    return figures


def show(what: str, figure: str) -> None:
    print(f"  {what:<52} {figure:>14}", flush=True)


def main() -> None:
    users, items, given = ratings()
    with tempfile.TemporaryDirectory() as folder:
        seconds, error = train(GOOD, Path(folder, "good"), standby=False)
        constant = np.square(given[TRAINED:] - given[:TRAINED].mean()).mean()
        svd, ridge = (fit(users, items, given) for fit in (truncated_svd, alternating_ridge))
        show("mean squared error of the mean", f"{constant:.3f}")
        show(f"TruncatedSVD, rank {RANK + 2}, repeated", f"{svd:.3f}")
        show(f"alternating Ridge, rank {RANK}", f"{ridge:.3f}")
        show(f"Object2Vec, enc_dim 16, {GOOD['epochs']} epochs", f"{error:.3f}")
        show("noise", f"{NOISE**2:.3f}")
        show("that training, cold process", f"{seconds:.2f} s")
        print(f"\n  {TRAINED:,} pairs, pooled_embedding, enc_dim 64, 5 epochs, batches of 64:")
        for head, hyperparameters in (("1 x 256", SMALL_HEAD), ("2 x 512", DEFAULT_HEAD)):
            for standby in (False, True):
                way = "from standby" if standby else "cold"
                base = Path(folder, f"{head} {way}")
                seconds, _ = train(hyperparameters, base, standby)
                show(f"training, MLP of {head}, {way}", f"{seconds:.2f} s")
        for what, value in serve(base).items():
            show(what, f"{value:.2f} s" if value > 0.1 else f"{1000 * value:.1f} ms")


if __name__ == "__main__":
    main()
