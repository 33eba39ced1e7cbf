"""Queues that come back on another port have the new one in their URLs.

ministack keeps queues by URL: CreateQueue would not know a queue whose URL names an earlier port,
and make a second one of its name.
"""

from typing import Any

from ministack.services import sqs

from launcher.patching import require, wrap


def install() -> None:
    for name in ("_queue_url_for_account", "_rebuild_queue_name_index"):
        require(callable(getattr(sqs, name, None)), f"sqs.{name} is missing")
    wrap(sqs, "_restore_state", "data", _at_this_address)


def _at_this_address(restore_state: Any) -> Any:
    def restore(data: dict[str, Any]) -> None:
        restore_state(data)
        for (account, region, url), queue in list(sqs._queues._data.items()):
            current = sqs._queue_url_for_account(account, queue["name"])
            if url != current:
                sqs._queues.pop_scoped(account, region, url)
                sqs._queues.set_scoped(account, region, current, {**queue, "url": current})
        sqs._queue_name_to_url.clear()
        sqs._rebuild_queue_name_index()

    return restore
