"""Responses as Flask and the handlers of AWS's containers give them."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus

CSV = "text/csv; charset=utf-8"
JSON = "application/json"
JSON_LINES = "application/jsonlines"
#: Flask's default, under which AWS's containers also send their error texts.
PLAIN = "text/html; charset=utf-8"

_PAGE_TEXTS = {
    404: "The requested URL was not found on the server. If you entered the URL manually please "
    "check your spelling and try again.",
    405: "The method is not allowed for the requested URL.",
    413: "The data value transmitted exceeds the capacity limit.",
    500: "The server encountered an internal error and was unable to complete your request. Either "
    "the server is overloaded or there is an error in the application.",
}


@dataclass(frozen=True)
class Response:
    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...] = field(default=())


class RequestError(Exception):
    """A request that is answered with an error: the response that says so."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.body.decode("utf-8", "replace"))
        self.response = response


def text(status: int, message: str = "") -> Response:
    return Response(status, PLAIN, message.encode("utf-8"))


def page(status: int, headers: tuple[tuple[bytes, bytes], ...] = ()) -> Response:
    """The page that Flask shows for an error that no handler answered."""
    title = HTTPStatus(status).phrase
    if status == 413:
        title = "Request Entity Too Large"  # Newer Pythons know another phrase.
    body = (
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n'
        f"<title>{status} {title}</title>\n<h1>{title}</h1>\n<p>{_PAGE_TEXTS[status]}</p>\n"
    )
    return Response(status, "text/html", body.encode("utf-8"), headers)
