"""Calling parsers written in other languages on files nobody vouches for."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

from validator.errors import InputError, ValidatorError

_Result = TypeVar("_Result")


def parsed(parse: Callable[[], _Result], refusal: InputError) -> _Result:
    """Run a native parser; whatever goes wrong in it becomes ``refusal``.

    A panic of a native parser is a BaseException and writes its trace, with values from the file,
    straight to file descriptor 2: that is closed off meanwhile.
    """
    saved = _mute()
    try:
        return parse()
    except (KeyboardInterrupt, SystemExit, GeneratorExit, ValidatorError):
        raise
    except BaseException:  # noqa: BLE001 - a native panic derives from BaseException
        raise refusal from None
    finally:
        _unmute(saved)


def _mute() -> int | None:
    try:
        saved = os.dup(2)
    except OSError:
        return None
    sink = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
    os.dup2(sink, 2)
    os.close(sink)
    return saved


def _unmute(saved: int | None) -> None:
    if saved is not None:
        os.dup2(saved, 2)
        os.close(saved)
