"""Training jobs and endpoints as processes, through the container contract."""

import json
import re

import numpy as np
import pytest
from algorithm_processes import request
from object2vec_container.forward import embeddings, scores
from object2vec_container.model_files import load_model
from object2vec_jobs import CHANNEL, hyperparameters, json_lines, same_half

# The form that the local cloud reads.
METRIC = r"#quality_metric: host=\S+, {}=(\S+)"

ROWS, UNSEEN = same_half(200), same_half(60, seed=1)
FILES = {"train/a.jsonl": json_lines(ROWS[:90]), "train/b.jsonl": json_lines(ROWS[90:])}
QUICK = {"epochs": 2, "enc_dim": 4}


def train(processes, files=None, channels=None, resources=None, **changed):
    return processes.train(
        hyperparameters(**{**QUICK, **changed}), files or FILES, CHANNEL, channels, resources
    )


@pytest.fixture(scope="module")
def classifier(processes):
    files = {**FILES, "train/_SUCCESS": "", "validation/v.jsonl": json_lines(UNSEEN)}
    return train(processes, {**files, "test/t.jsonl": json_lines(UNSEEN)}, num_classes=3)


@pytest.fixture(scope="module")
def endpoint(classifier, processes):
    return processes.serve(classifier.base)


def test_trains_and_logs_its_metrics(classifier):
    assert classifier.exit == 0, classifier.log
    model = load_model(classifier.base / "model")
    given = scores(model, tuple([row[side] for row in UNSEEN] for side in ("in0", "in1")))
    labels = [row["label"] for row in UNSEEN]
    entropy = -np.log(given[np.arange(60), labels]).mean()
    for channel in ("validation", "test"):
        accuracies = re.findall(METRIC.format(f"{channel} accuracy <score>"), classifier.log)
        entropies = re.findall(METRIC.format(f"{channel} cross_entropy <loss>"), classifier.log)
        assert float(accuracies[-1]) == pytest.approx((given.argmax(1) == labels).mean())
        assert float(entropies[-1]) == pytest.approx(entropy, rel=1e-4)


def test_regression_logs_the_squared_error_alone(processes):
    rows = [{**row, "label": row["label"] + 0.5} for row in UNSEEN]
    files = {"train/a.jsonl": json_lines(rows), "validation/a.jsonl": json_lines(rows)}

    job = train(processes, files, output_layer="mean_squared_error", num_classes=7)

    assert job.exit == 0, job.log
    sides = tuple([row[side] for row in rows] for side in ("in0", "in1"))
    given = scores(load_model(job.base / "model"), sides)
    assert given.shape == (60, 1)
    error = np.square(given[:, 0] - [row["label"] for row in rows]).mean()
    last = re.findall(METRIC.format("validation mean_squared_error <loss>"), job.log)[-1]
    assert float(last) == pytest.approx(error, rel=1e-4)
    assert "accuracy" not in job.log


@pytest.mark.parametrize("frozen", ["True", "False"])
def test_pretrained_vectors_of_the_auxiliary_channel(frozen, processes):
    auxiliary = {
        "auxiliary/words.json": json.dumps({f"w{token}": token for token in range(11)}),
        "auxiliary/words.txt": "".join(f"w{t}" + f" {t}.5" * 8 + "\n" for t in range(11)),
    }

    job = train(
        processes,
        {**FILES, **auxiliary},
        enc0_pretrained_embedding_file="words.txt",
        enc0_vocab_file="words.json",
        enc0_freeze_pretrained_embedding=frozen,
        tied_token_embedding_weight="True",
    )

    assert job.exit == 0, job.log
    table = load_model(job.base / "model").tables["tokens0"]
    given = np.repeat(np.arange(11)[:, None] + 0.5, 8, 1)
    assert np.array_equal(table[:11], given) == (frozen == "True")
    assert np.abs(table[:11] - given).max() < 1
    assert "11 of 12 tokens have pretrained vectors" in job.log


def test_says_what_it_cut(processes):
    job = train(processes, enc0_max_seq_len=3)

    assert job.exit == 0, job.log
    cut = sum(len(row["in1"]) > 3 for row in ROWS)
    assert f"train: {cut} of 200 sequences in1 are longer than enc1_max_seq_len, 3" in job.log


@pytest.mark.parametrize(
    ("job", "failure"),
    [
        ({"files": {"test/a.jsonl": json_lines(ROWS)}}, "Channel train is required"),
        ({"files": {**FILES, "extra/a": "1"}}, "Channel extra is unknown: Object2Vec has train"),
        ({"files": {"train/a.jsonl": ""}}, "No data in channel train (/opt/ml/input/data/train)"),
        ({"files": {"train/a.jsonl": "{"}}, "train/a.jsonl, line 1: not JSON"),
        (
            {"channels": {"train": {**CHANNEL, "ContentType": "text/csv"}}},
            "Channel train has content type text/csv: Object2Vec reads application/jsonlines",
        ),
        (
            {"channels": {"train": {**CHANNEL, "TrainingInputMode": "Pipe"}}},
            "Channel train has input mode Pipe",
        ),
        ({"enc_dim": "2", "warmth": "1"}, "enc_dim: got '2'"),
        (
            {"enc0_pretrained_embedding_file": "a", "enc0_vocab_file": "b"},
            "Pretrained vectors are read from channel auxiliary, and the job has no such channel",
        ),
        (
            {
                "files": {**FILES, "auxiliary/a": "cat 1\n"},
                "enc0_pretrained_embedding_file": "a",
                "enc0_vocab_file": "b",
            },
            "enc0_vocab_file is 'b': the auxiliary channel has no such file",
        ),
        ({"optimizer": "sgd", "learning_rate": 1, "weight_decay": 9999}, "Training diverged"),
    ],
)
def test_a_job_that_cannot_work_says_why_in_one_sentence(job, failure, processes):
    ended = train(processes, **job)

    assert ended.exit == 2
    assert ended.failure.startswith(failure) or f". {failure}" in ended.failure
    assert "Traceback" not in ended.failure
    assert not (ended.base / "model").exists()


def test_several_instances_are_refused(processes):
    job = train(processes, resources={"hosts": ["algo-1", "algo-2"]})

    assert job.exit == 1
    assert "Training on 2 instances is not supported" in job.failure


PAIRS = [{"in0": [1, 2], "in1": [7]}, {"in0": [11], "in1": [0, 3, 5]}]


def doubles(rows):
    return [[float(np.float32(number)) for number in row] for row in rows]


@pytest.mark.parametrize("accept", [None, "*/*", "application/json", "application/json; a=b"])
def test_scores_pairs_in_json(accept, classifier, endpoint):
    body = json.dumps({"instances": PAIRS})

    answer = endpoint.invoke("application/json", body, accept)

    given = doubles(
        scores(load_model(classifier.base / "model"), ([[1, 2], [11]], [[7], [0, 3, 5]]))
    )
    expected = json.dumps({"predictions": [{"scores": row} for row in given]}).encode()
    assert answer == (200, "application/json", expected)
    assert [sum(row) for row in given] == pytest.approx([1, 1])


@pytest.mark.parametrize("side", [0, 1])
def test_encodes_one_side_in_json_lines(side, classifier, endpoint):
    lists = [[3, 4], [1]]
    body = "\n".join(json.dumps({f"in{side}": tokens}) for tokens in lists)

    answer = endpoint.invoke("application/jsonlines", body, "application/jsonlines")

    given = doubles(embeddings(load_model(classifier.base / "model"), side, lists))
    lines = "".join(json.dumps({"embeddings": row}) + "\n" for row in given)
    assert answer == (200, "application/jsonlines", lines.encode())
    assert len(given[0]) == 4


@pytest.mark.parametrize(
    ("parameter", "kept"),
    [("", 6), (";infer_max_seqlens=2,5000", 2), ("; infer_max_seqlens=5000, 1", 8)],
)
def test_takes_as_many_tokens_as_in_training_or_as_it_is_told(parameter, kept, endpoint):
    tokens = [0, 1, 2, 3, 4, 5, 6, 7]
    whole = "application/json;infer_max_seqlens=5000,5000"

    cut, expected = (
        endpoint.invoke(kind, json.dumps({"instances": [{"in0": given}]}))
        for kind, given in (
            (f"application/json{parameter}", tokens),
            (whole, tokens[:kept]),
        )
    )

    assert cut == expected


@pytest.mark.parametrize(
    ("content_type", "body", "status", "message"),
    [
        (None, "{}", 415, "Content type None is not supported. It must be application/json or"),
        ("text/csv", "1,2", 415, "Content type text/csv is not supported"),
        ("application/json", "", 400, "The body is not JSON"),
        ("application/json", "{", 400, "The body is not JSON"),
        ("application/json", "[]", 400, 'The body must be {"instances": '),
        ("application/json", '{"instances": {}}', 400, 'The body must be {"instances": '),
        ("application/json", '{"instances": []}', 400, "The body holds no instance"),
        ("application/jsonlines", "\n", 400, "The body holds no instance"),
        ("application/json", '{"instances": [3]}', 400, "Instance 0: it must be an object"),
        ("application/json", '{"instances": [{"x": 1}]}', 400, 'Instance 0: it must have "in0"'),
        (
            "application/jsonlines",
            '{"in0": [1]}\n{"in1": [1]}',
            400,
            'Line 2: it must have "in0" and "in1" for scores, or one of them for embeddings',
        ),
        ("application/jsonlines", '{"in0": [1]}\n\n{"in0"', 400, "Line 3 is not JSON"),
        ("application/jsonlines", '{"in0": []}', 400, "Line 1: in0 is empty"),
        ("application/jsonlines", '{"in0": [12]}', 400, "Line 1: in0 has token id 12 at place 0"),
        ("application/jsonlines", '{"in0": "a"}', 400, "Line 1: in0 is not a list of token ids"),
        ("application/json;infer_max_seqlens=0,1", "{}", 400, "infer_max_seqlens is '0,1'"),
        ("application/json;infer_max_seqlens=5", "{}", 400, "infer_max_seqlens is '5'"),
        ("application/json;infer_max_seqlens=1,5001", "{}", 400, "infer_max_seqlens is '1,5001'"),
    ],
)
def test_says_what_is_wrong_with_a_request(content_type, body, status, message, endpoint):
    headers = {} if content_type is None else {"Content-Type": content_type}

    answer = endpoint.request("POST", "/invocations", body, headers)

    assert answer[0] == status
    assert answer[2].decode().startswith(message)


def test_refuses_answers_in_other_formats(endpoint):
    status, _, body = endpoint.invoke("application/json", "{}", "text/csv")

    assert status == 406
    assert body == (
        b"Accept type text/csv is not supported. It must be one of application/json, "
        b"application/jsonlines."
    )


def test_answers_pings(endpoint):
    assert endpoint.request("GET", "/ping")[0] == 200


def wait_and_assign(worker, base, **environment):
    assert worker.stdout.readline() == "standby\n"
    worker.stdin.write(json.dumps({"baseDir": str(base), "env": environment}) + "\n")
    worker.stdin.flush()


def end(worker):
    worker.kill()
    worker.communicate()


def test_workers_stand_by_until_they_are_told_their_job(processes):
    base = processes.lay_out(hyperparameters(**QUICK), FILES, {"train": CHANNEL})
    trainer, server = (processes.start_module(name, "--standby") for name in ("train", "serve"))
    try:
        wait_and_assign(trainer, base)
        assert trainer.wait(60) == 0
        wait_and_assign(server, base, INFERENCE_PREFERRED_MODE="embedding")
        port = json.loads(server.stdout.readline())["listening"]
        body, headers = '{"in1": [4]}', {"Content-Type": "application/jsonlines"}
        status, _, answer = request(port, "POST", "/invocations", body, headers)
        assert status == 200
        assert len(json.loads(answer)["predictions"][0]["embeddings"]) == 4
        server.stdin.close()
        assert server.wait(20) == 0
    finally:
        server.stdin = None
        for worker in (trainer, server):
            end(worker)


def test_never_listens_in_a_mode_that_there_is_not(classifier, processes):
    server = processes.start_module("serve", "--standby")
    try:
        wait_and_assign(server, classifier.base, INFERENCE_PREFERRED_MODE="regression")
        output, errors = server.communicate(timeout=20)
    finally:
        end(server)

    assert (server.returncode, output) == (3, "")
    assert "INFERENCE_PREFERRED_MODE is 'regression': it must be one of classification" in errors
