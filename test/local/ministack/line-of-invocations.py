"""Prints, as JSON, in which order those who wait for the one place get it.

Ten come one after the other while the place is taken. Each time it is free, another one comes
before the first in line is awake.
"""

import json
import threading
import time

from launcher.concurrency import Line

line = Line()
free = 0
served: list[int] = []


def acquire(func: dict, config: dict) -> tuple:
    global free
    if free == 0:
        return None, "account"
    free -= 1
    served.append(func["number"])
    return "place", None


def come(number: int) -> threading.Thread:
    thread = threading.Thread(target=line.wait_for_slot, args=(acquire, {"number": number}, {}))
    thread.start()
    return thread


def until(condition) -> None:
    while not condition():
        time.sleep(0.001)


def free_the_place(*, as_comes: list[int]) -> None:
    global free
    with line.lock:
        before = len(served)
        free += 1
        line.call_first()
        threads.extend(come(number) for number in as_comes)
    until(lambda: len(served) > before)
    # Or the next to come might be there before the last one was.
    until(lambda: len(line._waiting) == len(threads) - len(served))


threads: list[threading.Thread] = []
for number in range(10):
    threads.append(come(number))
    until(lambda: len(line._waiting) == len(threads))
for number in range(10, 20):
    free_the_place(as_comes=[number])
while len(served) < len(threads):
    free_the_place(as_comes=[])
for thread in threads:
    thread.join()
print(json.dumps(served))
