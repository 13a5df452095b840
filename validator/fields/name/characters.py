"""Which characters a name is written with: JIS X 0208 or not, placeholder or not."""

from __future__ import annotations

import unicodedata
from functools import cache

from validator.resources import schemas_dir

_CERTAIN_PLACEHOLDERS = frozenset("●〓□？?")


@cache
def jis_x_0208() -> frozenset[str]:
    """The characters of JIS X 0208 (the repertoire of most insurer systems), as data."""
    lines = (schemas_dir() / "codes" / "jis_x_0208.txt").read_text(encoding="utf-8").split("\n")
    return frozenset("".join(line for line in lines if not line.startswith("#")))


def in_jis_x_0208(character: str) -> bool:
    """True for a character of JIS X 0208, and for ASCII."""
    return character.isascii() or character in jis_x_0208()


@cache
def outside_repertoire_pattern() -> str:
    """Regex class for a character that electronic media may not hold.

    One-byte characters of the layout: ASCII letters, digits, space, hyphen, half-width kana.
    """
    allowed = "".join(sorted(jis_x_0208())).replace("\\", "").replace("]", "").replace("^", "")
    return f"[^A-Za-z0-9 \\-ｦ-ﾟ{allowed}]"


def is_placeholder(character: str) -> bool:
    """● 〓 □ ? or a private-use character: a system could not show the real one."""
    return character in _CERTAIN_PLACEHOLDERS or unicodedata.category(character) == "Co"


PLACEHOLDER_PATTERN = "[●〓□？?\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"


def jis_row(character: str) -> int:
    """Row (区) of JIS X 0208, 0 for a character outside it."""
    if character not in jis_x_0208():
        return 0
    try:
        return character.encode("euc_jp")[0] - 0xA0
    except UnicodeEncodeError:
        return 0
