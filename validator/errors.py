"""Everything that can stop a run, each with its exit code.

ValidatorError
├── UsageError          2  wrong usage or configuration, output folder exists
├── InputError          3  a batch file cannot be used
├── RegistryError       4  the registry cannot be used
├── InternalError       5  a fault of this program
├── BusyError           6  another run holds the folder or the state
├── OutputError         7  the output could not be written
├── BalanceError        8  counts do not balance
└── PlaintextError      9  a plaintext My Number stands where it may not

An error never carries a submitted value: it names the file, the lines and the remedy.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar, Literal

Lang = Literal["ja", "en"]


class ExitCode(IntEnum):
    """The exit codes of every command (fixed by the contract)."""

    DONE = 0
    FLAGGED = 1
    USAGE = 2
    INPUT = 3
    REGISTRY = 4
    INTERNAL = 5
    BUSY = 6
    OUTPUT = 7
    BALANCE = 8
    PLAINTEXT = 9


class ValidatorError(Exception):
    """A run that cannot go on.

    ``ja`` and ``en`` say what is wrong and what to do; ``file`` is a base name, ``lines``
    are physical line numbers (1-based). None of them may hold a submitted value.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.INTERNAL

    def __init__(
        self, ja: str, en: str, *, file: str | None = None, lines: tuple[int, ...] = ()
    ) -> None:
        super().__init__(en)
        self.ja = ja
        self.en = en
        self.file = file
        self.lines = lines

    def render(self, lang: Lang) -> str:
        """One line for stderr: file, lines, what is wrong and the remedy."""
        place = self.file or ""
        if self.lines:
            place += f":{self.lines[0]}"
        text = self.ja if lang == "ja" else self.en
        if len(self.lines) > 1:
            shown = ", ".join(str(n) for n in self.lines[:20])
            rest = len(self.lines) - 20
            if lang == "ja":
                text += f"(該当行: {shown}{f' ほか{rest}行' if rest > 0 else ''})"
            else:
                text += f" (lines: {shown}{f' and {rest} more' if rest > 0 else ''})"
        return f"{place}: {text}" if place else text


class UsageError(ValidatorError):
    """Wrong usage or configuration."""

    exit_code = ExitCode.USAGE


class InputError(ValidatorError):
    """A batch file cannot be used; the whole call is refused."""

    exit_code = ExitCode.INPUT


class RegistryError(ValidatorError):
    """The registry cannot be used."""

    exit_code = ExitCode.REGISTRY


class InternalError(ValidatorError):
    """A fault of this program."""

    exit_code = ExitCode.INTERNAL


class BusyError(ValidatorError):
    """Another run holds the folder or the state."""

    exit_code = ExitCode.BUSY


class OutputError(ValidatorError):
    """The output could not be written."""

    exit_code = ExitCode.OUTPUT


class BalanceError(ValidatorError):
    """What was written does not balance with what was read."""

    exit_code = ExitCode.BALANCE


class PlaintextError(ValidatorError):
    """A plaintext My Number stands where it may not."""

    exit_code = ExitCode.PLAINTEXT
