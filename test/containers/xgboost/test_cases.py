"""Every recorded case of AWS's container, run for real."""

import base64
import json
import math
import os
import re

import pytest
import xgboost as xgb
from recorded_cases import CASES, NOT_MATCHED

MATCHED = {case_id: case for case_id, case in CASES.items() if case_id not in NOT_MATCHED}
NUMBER = re.compile(r"-?\d+\.\d+(?:[eE][-+]?\d+)?")


@pytest.mark.parametrize("case_id", [name for name in MATCHED if name.startswith("train/")])
def test_trains_as_the_container_does(case_id, workers):
    expected = MATCHED[case_id]["expect"]

    job = workers.trained(case_id)

    assert job.exit == expected["exit"], job.stderr
    assert job.model_files == expected["model_files"]
    assert not (job.base / "output" / "success").exists()
    if expected["exit"] == 0:
        _assert_success(job, expected)
    else:
        failure = (job.base / "output" / "failure").read_text()
        assert re.search(expected["failure_regex"], failure)
        assert re.search(expected["failure_message_regex"], failure)
        assert "Reporting training FAILURE" in job.stderr


def _assert_success(job, expected):
    assert not (job.base / "output" / "failure").exists()
    for text in expected["log_contains"]:
        assert text in job.stderr
    lines = job.stdout.splitlines()
    rounds = [line for line in lines if re.match(r"\[\d+\]\t", line)]
    if "metric_lines" in expected:
        recorded = expected["metric_lines"]
        assert rounds[: len(recorded)] == recorded
        assert len(rounds) - len(recorded) in range(
            expected.get("metric_lines_extra_allowed", 0) + 1
        )
    if "metric_line_regex" in expected:
        assert rounds
        assert all(re.match(expected["metric_line_regex"], line) for line in rounds)
    if "output_files" in expected:
        output = job.base / "output"
        assert [str(path.relative_to(output)) for path in output.rglob("*") if path.is_file()] == (
            expected["output_files"]
        )
    if "checkpoint_files" in expected:
        files = sorted(path.name for path in (job.base / "checkpoints").iterdir())
        assert files == expected["checkpoint_files"]
    if "num_boosted_rounds_in_model" in expected:
        booster = xgb.Booster(model_file=job.base / "model" / "xgboost-model")
        assert booster.num_boosted_rounds() == expected["num_boosted_rounds_in_model"]
    for name in job.model_files:
        assert (job.base / "model" / name).read_bytes()[:4] == b"{L\0\0"


@pytest.mark.parametrize("case_id", [name for name in MATCHED if name.startswith("serve/")])
def test_serves_as_the_container_does(case_id, workers):
    given, expected = MATCHED[case_id]["given"], MATCHED[case_id]["expect"]
    folder = workers.model_folder(given["model"])

    server = workers.server(folder, given["env"])

    if "server" in expected:
        assert server.port is None
        assert server.exit_code() == 3
        return
    answer = server.request(given["method"], given["path"], given["headers"], _body(given))
    _assert_answer(given, expected, answer)
    if "ping_status" in expected:
        assert server.request("GET", "/ping", {}, b"")[0] == expected["ping_status"]
        status, _, body = server.request("POST", "/invocations", given["headers"], b"2,21,1")
        assert status == expected["three_column_row"]["status"]
        assert re.match(expected["three_column_row"]["body_regex"], body)
        status, _, _ = server.request("POST", "/invocations", given["headers"], b"2")
        assert status == expected["one_column_row_status"]


def _body(given):
    if "body_base64" in given:
        return base64.b64decode(given["body_base64"])
    if "body_repeat" in given:
        text, times = given["body_repeat"]
        return (text * times).encode()
    return given["body"].encode()


def _assert_answer(given, expected, answer):
    status, content_type, body = answer
    assert status == expected["status"], body
    if "headers" in expected:
        assert content_type == expected["headers"]["Content-Type"]
    if "body_regex" in expected:
        assert re.search(expected["body_regex"], body)
        return
    recorded = expected["body"]
    if given["path"] == "/execution-parameters":
        # The only number that is the machine's: that of its processors.
        recorded = recorded.replace('Transforms": 2', f'Transforms": {os.cpu_count()}')
    compare = expected.get("compare")
    if compare == "json":
        body, recorded = _ordered(body), _ordered(recorded)
    elif compare == "jsonlines":
        assert body.endswith("\n")
        body, recorded = ("\n".join(map(_ordered, text.splitlines())) for text in (body, recorded))
    if compare is None:
        assert body == recorded
    else:
        _assert_same_numbers(body, recorded)


def _ordered(text):
    """JSON with its keys in order: those that are not valid come in any order on AWS."""
    return json.dumps(json.loads(text), sort_keys=True)


def _assert_same_numbers(body, recorded):
    """The same text; of numbers only the last digits may differ, which depend on the processor."""
    assert NUMBER.sub("#", body) == NUMBER.sub("#", recorded)
    pairs = zip(NUMBER.findall(body), NUMBER.findall(recorded), strict=True)
    assert all(math.isclose(float(a), float(b), rel_tol=1e-6) for a, b in pairs)
