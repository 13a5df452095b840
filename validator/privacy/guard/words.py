"""The words that speak for and against a My Number (``schemas/codes/guard.toml``)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from validator.resources import load_toml

_FILL = re.compile(r"[\s_\-\u30fb\uff65]+")
_NO_DIGITS = dict.fromkeys(map(ord, "0123456789"), " ")
_NO_UNIT = frozenset("0123456789,.;:\"'|/-_=()[]{}<>\n\r\t")
_GAP = r"[\s_\-　]*"
# Without one of these there is no word for it: far quicker to see than the words.
_ROOTS = ("番", "ナ", "ﾅ", "な", "ynum", "yNum", "YNUM", "umb", "UMB", "ｕｍｂ", "ojin", "OJIN")


def folded(text: str) -> str:
    """``text`` after NFKC, in lower case, without spaces, hyphens and underscores."""
    return _FILL.sub("", unicodedata.normalize("NFKC", text).casefold())


@cache
def _list(name: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in load_toml("codes/guard.toml")[name])


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(_list(name))


def extensions(name: str) -> frozenset[str]:
    """The file name extensions of ``code`` or ``prose``."""
    return _set(name)


@lru_cache(maxsize=1024)
def says_my_number(text: str) -> bool:
    """Whether a header, key or label names a My Number."""
    plain = folded(text)
    return any(word in plain for word in _list("my_number"))


def says_other(text: str) -> bool:
    """Whether the words of ``text`` name another kind of number.

    Latin words count whole (``order_id`` has two), Japanese ones anywhere.
    """
    return _says_other(text.translate(_NO_DIGITS))


@lru_cache(maxsize=4096)
def _says_other(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text)
    if not plain.isascii():
        bare = _FILL.sub("", plain)
        if any(word in bare for word in _list("other") if not word.isascii()):
            return True
    # orderNo → order No
    latin = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain)
    words = re.findall(r"[a-z]+", latin.casefold())
    return any(word in _set("other") or word.removesuffix("s") in _set("other") for word in words)


@lru_cache(maxsize=1024)
def says_nothing(key: str) -> bool:
    """Whether a key or element name is neutral: it speaks neither for nor against."""
    plain = folded(key)
    return not plain or plain in _set("neutral") or not plain.isascii()


def says_number(word: str) -> bool:
    """Whether a word that touches a number says only that it is one: No. 1234…."""
    return folded(word) in _set("numbering")


def begins_with_unit(text: str) -> bool:
    """Whether a unit follows directly."""
    near = text[:8].lstrip()
    if not near or near[0] in _NO_UNIT:
        return False
    return unicodedata.normalize("NFKC", near).casefold().startswith(_list("units"))


@cache
def _label() -> re.Pattern[str]:
    """Every spelling of the words for a My Number in running text, whatever the width."""
    spelled = []
    for word in _list("my_number"):
        characters = [_spellings(c) for c in word]
        spelled.append(_GAP.join(characters))
        half = _half_width(word)
        if half != word:
            spelled.append(_GAP.join(map(re.escape, half)))
    return re.compile("|".join(spelled), re.IGNORECASE)


def _spellings(character: str) -> str:
    if character.isascii():
        return f"[{character}{chr(ord(character) + 0xFEE0)}]"
    return "[ー－−‐-]" if character == "ー" else re.escape(character)


_KANA = dict(zip("マイナンバー", ("ﾏ", "ｲ", "ﾅ", "ﾝ", "ﾊﾞ", "ｰ"), strict=True))


def _half_width(word: str) -> str:
    return "".join(_KANA.get(c, c) for c in word)


def labels(text: str) -> list[tuple[int, int]]:
    """Where words for a My Number stand in ``text``: (start, end)."""
    if not any(root in text for root in _ROOTS):
        return []
    return [found.span() for found in _label().finditer(text)]
