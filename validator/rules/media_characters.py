"""Which characters electronic media may hold, as patterns (``schemas/layouts/characters.toml``)."""

from __future__ import annotations

import re
from functools import cache

from validator.resources import load_toml


@cache
def outside_pattern(*, kana_address: bool = False) -> str:
    """A class of all characters that a value may not have (入力不可文字)."""
    table = load_toml("layouts/characters.toml")
    signs = re.escape(table["kana_address"]) if kana_address else ""
    one_byte = table["one_byte"].replace("-", "\\-", 1)
    two_bytes = "".join(
        re.escape(character)
        for first, last in table["two_bytes"]
        for character in _characters(int(first, 16), int(last, 16))
    )
    return f"[^{one_byte}{signs}{two_bytes}{table['also']}]"


def _characters(first: int, last: int) -> list[str]:
    """The characters of a range of Shift_JIS codes; bytes that no character has are left out."""
    found = []
    for code in range(first, last + 1):
        try:
            character = code.to_bytes(2, "big").decode("cp932")
        except UnicodeDecodeError:
            continue
        if len(character) == 1:
            found.append(character)
    return found


NOT_KANA = "[^ ｦ-ﾟ]"
"""Anything but half-width katakana and the space between names."""
ONE_BYTE = "[!-~｡-ﾟ]"
"""A one-byte character other than a space."""
