"""Runs the training and serving workers as processes, through their own entry points."""

import http.client
import json
import os
import shutil
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from recorded_cases import FIXTURES, TRAINING_JOBS


@dataclass
class Job:
    base: Path
    exit: int
    stdout: str
    stderr: str

    @property
    def model_files(self):
        model = self.base / "model"
        return sorted(path.name for path in model.iterdir()) if model.is_dir() else []


class Workers:
    def __init__(self, context, tmp_path_factory):
        self._context = context
        self._temporary = tmp_path_factory
        self._jobs = {}
        self._server = None
        self._server_key = None
        self._other_versions = None

    def lay_out(self, given):
        """A folder that stands for /opt/ml, with a training job's configuration and files."""
        base = self._temporary.mktemp("opt-ml")
        config = base / "input" / "config"
        config.mkdir(parents=True)
        for name in ("hyperparameters", "inputdataconfig", "checkpointconfig", "resourceconfig"):
            if name in given:
                (config / f"{name}.json").write_text(json.dumps(given[name]))
        for channel in given["inputdataconfig"]:
            (base / "input" / "data" / channel).mkdir(parents=True)
        for name, content in given["files"].items():
            path = base / "input" / "data" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        for name, origin in given.get("checkpoint_files_from_case", {}).items():
            case, path = origin.split(":")
            (base / "checkpoints").mkdir(exist_ok=True)
            shutil.copy(self.trained(f"train/{case}").base / path, base / "checkpoints" / name)
        return base

    def train(self, given):
        return self.train_in(self.lay_out(given))

    def train_in(self, base):
        process = self._context.Process(target=_train, args=(base,))
        process.start()
        process.join(60)
        assert process.exitcode is not None, "training did not end"
        return Job(
            base, process.exitcode, (base / "stdout").read_text(), (base / "stderr").read_text()
        )

    def trained(self, case_id):
        """The job of a case, run once however many cases need it."""
        if case_id not in self._jobs:
            self._jobs[case_id] = self.train(TRAINING_JOBS[case_id])
        return self._jobs[case_id]

    def model_folder(self, model):
        if "train_case" in model:
            return self.trained(model["train_case"]).base / "model"
        return self._model_of_version(model["xgboost_version"], model["kind"])

    def server(self, model_folder, environment):
        """A server for the model: the last one if it still fits. None where it never listened."""
        key = (model_folder, tuple(sorted(environment.items())))
        if self._server_key != key:
            self.close()
            self._server = Server(self._context, model_folder.parent, environment)
            self._server_key = key
        return self._server

    def close(self):
        if self._server is not None:
            self._server.stop()
        self._server = self._server_key = None

    def _model_of_version(self, version, kind):
        if self._other_versions is None:
            self._other_versions = self._temporary.mktemp("models")
            with tarfile.open(FIXTURES / "xgboost-models.tar.gz") as archive:
                archive.extractall(self._other_versions)
        folder = self._temporary.mktemp("served") / "model"
        recorded = self._other_versions / version
        if (recorded / kind).is_dir():
            shutil.copytree(recorded / kind, folder)
            return folder
        model = (recorded / "ubj" / "model.ubj").read_bytes()
        folder.mkdir()
        if kind == "subdir_only":
            (folder / "inner").mkdir()
            (folder / "inner" / "xgboost-model").write_bytes(model)
        elif kind == "garbage":
            (folder / "xgboost-model").write_bytes(b"no model at all")
        else:
            (
                folder / ("model.bin" if kind == "model_bin_renamed" else "xgboost-model")
            ).write_bytes(model)
            extra = {
                "dot_file_extra": "._xgboost-model",
                "extra_text_file": "metadata.json",
                "extra_code_dir": "code/inference.py",
                "model_bin_renamed": None,
            }[kind]
            if extra is not None:
                (folder / extra).parent.mkdir(exist_ok=True)
                (folder / extra).write_text("{}")
        return folder


class Server:
    """A serving process, from its start to its end."""

    def __init__(self, context, base, environment):
        self._output = base / "serve-stdout"
        self._output.unlink(missing_ok=True)
        os.mkfifo(self._output)
        self._process = context.Process(target=_serve, args=(base, environment))
        self._process.start()
        with self._output.open() as lines:  # Waits for the process to open its end.
            line = lines.readline()
        self.port = json.loads(line)["listening"] if line else None

    def exit_code(self):
        self._process.join(20)
        return self._process.exitcode

    def request(self, method, path, headers, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            if method == "POST":
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body if method == "POST" else None)
            response = connection.getresponse()
            return response.status, response.getheader("Content-Type"), response.read().decode()
        finally:
            connection.close()

    def request_chunked(self, path, chunks):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {"Content-Type": "text/csv"}
            connection.request("POST", path, iter(chunks), headers, encode_chunked=True)
            response = connection.getresponse()
            return response.status, response.getheader("Content-Type"), response.read().decode()
        finally:
            connection.close()

    def stop(self):
        self._process.terminate()
        self._process.join(20)


def _train(base):
    _redirect(base / "stdout", base / "stderr")
    os.environ["SAGEMAKER_BASE_DIR"] = str(base)
    from xgboost_container.train import main

    _end(main([]))


def _serve(base, environment):
    _redirect(base / "serve-stdout", base / "serve-stderr")
    os.environ.update(environment, SAGEMAKER_BASE_DIR=str(base), SAGEMAKER_BIND_TO_PORT="0")
    from xgboost_container.serve.__main__ import main

    _end(main([]))


def _redirect(stdout, stderr):
    for descriptor, path in ((1, stdout), (2, stderr)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), descriptor)


def _end(code):
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
