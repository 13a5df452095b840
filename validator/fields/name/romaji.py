"""Whether Latin letters could spell a kana name, or a Chinese name in kanji."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import jaconv

from validator.fields.name.variants import read_table
from validator.fields.text_distance import distance

CLOSE, SURE = 0.34, 0.1
_SPELLINGS = (
    ("PH", "F"),
    ("TH", "S"),
    ("CH", "C"),
    ("SH", "S"),
    ("CK", "K"),
    ("TSU", "TU"),
    ("QU", "K"),
    ("L", "R"),
    ("V", "B"),
    ("X", "KS"),
    ("Q", "K"),
    ("C", "K"),
    ("J", "Z"),
    ("HU", "FU"),
    ("Y", "I"),
)
_LONGEST = 60


@lru_cache(maxsize=8192)
def sounds_alike(latin: str, kana: str, most: float = CLOSE) -> bool:
    """Whether ``latin`` spells ``kana``, word order aside.

    ``most``: edits that may be left between both sounds, as a share of the longer one.
    """
    if len(latin) > _LONGEST or len(kana) > _LONGEST:
        return False
    words = re.findall("[A-Z]+", latin.upper())
    spelled = [str(jaconv.kata2alphabet(word)).upper() for word in kana.split()]
    for one, other in (
        ("".join(words), "".join(spelled)),
        ("".join(sorted(words)), "".join(sorted(spelled))),
    ):
        a, b = _sound(one), _sound(other)
        longest = max(len(a), len(b), 1)
        if distance(a, b, limit=longest) / longest <= most:
            return True
    return False


def _sound(text: str) -> str:
    text = re.sub("[^A-Z]", "", text.upper())
    for spelling, sound in _SPELLINGS:
        text = text.replace(spelling, sound)
    text = re.sub(r"(?<=[AEIOU])H(?![AEIOU])", "", text)
    text = re.sub(r"(?<=O)U", "", text)
    return re.sub(r"(.)\1+", r"\1", text)


@cache
def _pinyin() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for character, reading in read_table("unicode/pinyin"):
        found.setdefault(character, []).append(reading)
    return {character: tuple(readings) for character, readings in found.items()}


def reads_as_pinyin(kanji: str, latin: str) -> bool:
    """Whether ``latin`` is the Mandarin spelling of ``kanji`` (王偉, WANG WEI), in either order."""
    words = latin.split()
    if len(latin) > _LONGEST or not words:
        return False
    ways = {"".join(words), "".join(words[1:] + words[:1]), "".join(words[-1:] + words[:-1])}
    return any(_spells(kanji.replace(" ", ""), way) for way in ways)


def _spells(kanji: str, letters: str) -> bool:
    if not kanji:
        return not letters
    return any(
        letters.startswith(reading) and _spells(kanji[1:], letters[len(reading) :])
        for reading in _pinyin().get(kanji[0], ())
    )
