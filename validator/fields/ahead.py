"""The packaged tables are read while the batch is still being read.

A check of a hundred records spends a fifth of its time on loading them.
"""

from __future__ import annotations

from threading import Thread

from validator.fields.address.gazetteer.store import load_gazetteer
from validator.fields.address.postal import ambiguous_city_pattern
from validator.fields.reading.store import shipped


def load_ahead() -> None:
    """Start to load what nearly every check needs; whoever needs it first waits for it.

    No daemon: a thread killed in the middle of polars at exit takes the process down with it.
    """
    Thread(target=_load, name="load-ahead").start()


def _load() -> None:
    shipped()
    load_gazetteer()
    ambiguous_city_pattern()
