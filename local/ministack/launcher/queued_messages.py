"""A message that a function's failure or a rule put into a queue outlives the launcher."""

from typing import Any

from ministack.services import eventbridge, sqs

from launcher import autosave
from launcher.patching import wrap


def install() -> None:
    wrap(sqs, "_act_send_message", "data qurl", _saved)
    wrap(eventbridge, "_dispatch_to_sqs", "spec payload sqs_parameters", _saved)


def _saved(send_message: Any) -> Any:
    def send(*args: Any) -> Any:
        result = send_message(*args)
        autosave.save("sqs")
        return result

    return send
