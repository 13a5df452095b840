"""Where the declarative files (``schemas/``) are, in a checkout and in an installed wheel."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache, update_wrapper
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

_PACKAGE = Path(__file__).resolve().parent
_Made = TypeVar("_Made")


class once(Generic[_Made]):  # noqa: N801 - used as a decorator
    """The decorated function is called by the first thread that asks; others wait for its result.

    `functools.cache` would let two threads load the same tables side by side.
    """

    def __init__(self, make: Callable[[], _Made]) -> None:
        """``make`` takes no arguments."""
        update_wrapper(self, make)
        self._lock, self._kept = Lock(), cache(make)

    def __call__(self) -> _Made:
        """What ``make`` returned, the same object each time."""
        with self._lock:
            return self._kept()

    def cache_clear(self) -> None:
        """Forget the result."""
        with self._lock:
            self._kept.cache_clear()


@cache
def schemas_dir() -> Path:
    """Folder of ``forms/``, ``layouts/``, ``codes/``, ``policies/``, ``registry/``, ``report/``."""
    installed = _PACKAGE / "schemas"
    return installed if installed.is_dir() else _PACKAGE.parent / "schemas"


@cache
def load_toml(relative: str) -> dict[str, Any]:
    """A TOML file below ``schemas/``, read once."""
    return tomllib.loads((schemas_dir() / relative).read_text(encoding="utf-8"))
