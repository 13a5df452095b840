"""Short ways to ask the guard, and numbers made when the test runs."""

from __future__ import annotations

import io
import zipfile

from clean_record import number, wrong_number

from validator.privacy.guard.blob import of_bytes
from validator.privacy.guard.search import search

N = number(27182818284)
OTHERS = [number(31415926535 + 7 * n) for n in range(40)]
WRONG = wrong_number(27182818284)
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def wide(text: str) -> str:
    return text.translate(_WIDE)


def fours(digits: str, mark: str) -> str:
    return mark.join((digits[:4], digits[4:8], digits[8:]))


def ask(name: str, data: bytes | str, *, strict: bool = False) -> list[tuple[str, int, int, str]]:
    """(member, line, column, reason) of all that is refused."""
    raw = data.encode() if isinstance(data, str) else data
    return [
        (f.place.member, f.place.line, f.place.column, f.reason.value)
        for f in search(of_bytes(name, raw), strict=strict)
    ]


def reasons(name: str, data: bytes | str, *, strict: bool = False) -> list[str]:
    return [reason for *_, reason in ask(name, data, strict=strict)]


def zipped(**members: bytes | str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return buffer.getvalue()
