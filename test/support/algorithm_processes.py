"""Training jobs and endpoints of one container package, each in a process of its own.

Processes are forked from one that has loaded the libraries: the entry points are the package's own,
what is spared is a second of imports each time.
"""

import http.client
import importlib
import json
import multiprocessing
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CONTAINERS = Path(__file__).parents[2] / "local" / "containers"

CSV_CHANNEL = {
    "ContentType": "text/csv;label_size=0",
    "TrainingInputMode": "File",
    "S3DistributionType": "FullyReplicated",
    "RecordWrapperType": "None",
}
LABELLED_CSV_CHANNEL = {**CSV_CHANNEL, "ContentType": "text/csv"}
RECORDIO_CHANNEL = {**CSV_CHANNEL, "ContentType": "application/x-recordio-protobuf"}


def python_path(folder):
    """Folders that Python finds a container's package and the contract's in."""
    return [str(CONTAINERS / folder), str(CONTAINERS / "contract")]


@dataclass
class Job:
    base: Path
    exit: int
    log: str

    @property
    def failure(self):
        path = self.base / "output" / "failure"
        return path.read_text() if path.exists() else None


class AlgorithmProcesses:
    def __init__(self, folder, tmp_path_factory):
        self._folder = folder
        self._package = f"{folder}_container"
        self._temporary = tmp_path_factory
        os.environ["PYTHONPATH"] = os.pathsep.join(
            [*python_path(folder), str(Path(__file__).parent)]
        )
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(
            [
                f"{self._package}.training_job",
                f"{self._package}.invocations",
                f"{self._package}.model_files",
                "sagemaker_contract.http_server",
                "algorithm_processes",
            ]
        )
        self._endpoints = []

    def lay_out(self, hyperparameters, files, channels, resources=None):
        """A folder that stands for /opt/ml. `channels`: settings by name; `files`: contents by
        channel/name.
        """
        base = self._temporary.mktemp("opt-ml")
        config = base / "input" / "config"
        config.mkdir(parents=True)
        (config / "hyperparameters.json").write_text(json.dumps(hyperparameters))
        (config / "inputdataconfig.json").write_text(json.dumps(channels))
        if resources is not None:
            (config / "resourceconfig.json").write_text(json.dumps(resources))
        for channel in channels:
            (base / "input" / "data" / channel).mkdir(parents=True)
        for name, content in files.items():
            path = base / "input" / "data" / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return base

    def train(self, hyperparameters, files, channel=CSV_CHANNEL, channels=None, resources=None):
        """A job whose files' channels all have the settings `channel`, or those of `channels`."""
        names = {name.split("/")[0] for name in files}
        return self.train_in(
            self.lay_out(
                hyperparameters, files, channels or dict.fromkeys(names, channel), resources
            )
        )

    def train_in(self, base):
        self._run(_train, base, "train-log")
        return Job(base, self._exit, (base / "train-log").read_text())

    def _run(self, target, base, log):
        process = self._context.Process(target=target, args=(self._package, base, log))
        process.start()
        process.join(60)
        assert process.exitcode is not None, "the process did not end"
        self._exit = process.exitcode

    def serve(self, base):
        """An endpoint for the model below `base`; its port is None where it never listened."""
        endpoint = Endpoint(self._context, self._package, base)
        self._endpoints.append(endpoint)
        return endpoint

    def start_module(self, module, *arguments):
        """`python -m` of one of the package's modules, as the local cloud starts it."""
        return subprocess.Popen(
            [sys.executable, "-m", f"{self._package}.{module}", *arguments],
            cwd=CONTAINERS / self._folder,
            env={**os.environ, "SAGEMAKER_BIND_TO_PORT": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def answer_from_standby(self, base, rows):
        """Status of what the model answers to CSV rows. The job below `base` and then the endpoint
        stand by until they are told of it.
        """
        assignment = json.dumps({"baseDir": str(base)}) + "\n"
        with self.start_module("train", "--standby") as training:
            assert training.stdout.readline() == "standby\n"
            training.communicate(assignment, timeout=60)
        assert training.returncode == 0
        with self.start_module("serve", "--standby") as serving:
            assert serving.stdout.readline() == "standby\n"
            serving.stdin.write(assignment)
            serving.stdin.flush()
            port = json.loads(serving.stdout.readline())["listening"]
            headers = {"Content-Type": "text/csv"}
            status, _, _ = request(port, "POST", "/invocations", rows, headers)
            serving.terminate()
        assert serving.returncode == 0
        return status

    def close(self):
        for endpoint in self._endpoints:
            endpoint.stop()


class Endpoint:
    def __init__(self, context, package, base):
        self._output = base / "serve-stdout"
        os.mkfifo(self._output)
        self._process = context.Process(target=_serve, args=(package, base, "serve-log"))
        self._process.start()
        with self._output.open() as lines:  # Waits for the process to open its end.
            line = lines.readline()
        self.port = json.loads(line)["listening"] if line else None

    def request(self, method, path, body=b"", headers=None):
        """Status, content type and body."""
        return request(self.port, method, path, body, headers)

    def invoke(self, content_type, body, accept=None):
        headers = {"Content-Type": content_type} | ({} if accept is None else {"Accept": accept})
        return self.request("POST", "/invocations", body, headers)

    def exit_code(self):
        self._process.join(20)
        return self._process.exitcode

    def stop(self):
        self._process.terminate()
        self._process.join(20)


def request(port, method, path, body=b"", headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        content = body if isinstance(body, bytes) else body.encode()
        connection.request(method, path, content, headers or {})
        response = connection.getresponse()
        return response.status, response.getheader("Content-Type"), response.read()
    finally:
        connection.close()


def csv_of(rows):
    return "".join(",".join(str(cell) for cell in row) + "\n" for row in rows)


def _train(package, base, log):
    _redirect(base / log, 1, 2)
    os.environ["SAGEMAKER_BASE_DIR"] = str(base)
    _end(importlib.import_module(f"{package}.train").main([]))


def _serve(package, base, log):
    _redirect(base / log, 2)
    _redirect(base / "serve-stdout", 1)
    os.environ.update(SAGEMAKER_BASE_DIR=str(base), SAGEMAKER_BIND_TO_PORT="0")
    _end(importlib.import_module(f"{package}.serve").main([]))


def _redirect(path, *descriptors):
    file = os.open(path, os.O_WRONLY | os.O_CREAT)
    for descriptor in descriptors:
        os.dup2(file, descriptor)


def _end(code):
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
