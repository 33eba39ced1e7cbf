"""Serving: GET /ping once the model is loaded, POST /invocations for predictions."""

import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import joblib
import numpy as np

from . import opt_ml
from .csv_rows import DataError, parse


def main() -> None:
    """Listens on SAGEMAKER_BIND_TO_PORT, on AWS 8080, until SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    model = joblib.load(opt_ml.MODEL)
    port = int(os.environ.get("SAGEMAKER_BIND_TO_PORT", "8080"))
    server = ThreadingHTTPServer(("", port), handler_of(model))
    server.serve_forever()


def handler_of(model) -> type[BaseHTTPRequestHandler]:
    """Requests of one model, on connections that are kept."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # an answer is two small writes
        wbufsize = 65536

        def do_GET(self) -> None:
            if self.path == "/ping":
                self.answer(200, "")
            else:
                self.answer(404, f"no {self.path}: there are /ping and /invocations")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if self.path != "/invocations":
                return self.answer(404, f"no {self.path}: there are /ping and /invocations")
            content_type = (self.headers.get("Content-Type") or "text/csv").split(";")[0].strip()
            if content_type != "text/csv":
                return self.answer(415, f"content type {content_type}: text/csv is read")
            try:
                self.answer(200, predict(model, body), "text/csv; charset=utf-8")
            except (DataError, UnicodeDecodeError) as error:
                self.answer(400, str(error))

        def answer(self, status: int, text: str, content_type: str = "text/plain") -> None:
            content = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args) -> None:
            """SageMaker asks /ping every few seconds: only what failed is worth a line."""
            if len(args) > 1 and not str(args[1]).startswith("2"):
                super().log_message(format, *args)

    return Handler


def predict(model, body: bytes) -> str:
    """One prediction a line for CSV rows of features. Raises DataError."""
    rows = parse(body.decode(), "the request")
    if rows.shape[1] != model.n_features_in_:
        raise DataError(f"rows have {rows.shape[1]} columns, the model {model.n_features_in_}")
    return "".join(f"{value:.8g}\n" for value in np.asarray(model.predict(rows)))
