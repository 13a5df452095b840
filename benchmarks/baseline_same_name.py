"""The baseline's answer to whether two people carry one name.

Contract section 3, for one pair: the registered name, the alias, an explained placeholder, a
Latin name with its kanji beside it, brackets that the registry accounts for. The plain program
reads no kanji: an alias without kana leaves every submitted kana open, however it sounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from unicodedata import category

from benchmarks.baseline_fields import WIDTH_AND_GLYPH, is_blank, without_spaces
from benchmarks.baseline_names import (
    in_jis_x_0208,
    kana_key,
    kana_words,
    kanji_key,
    kanji_words,
    plain_kanji,
    same_kana,
    same_kanji,
)
from benchmarks.baseline_remarks import accounted_for, is_no_name, without_registered_form
from benchmarks.baseline_scripts import beside, is_latin, same_by_icao

FINE = ("same", "equivalent")
OPEN = (*FINE, "undecidable")
LONGEST = 200  # characters; nobody's name is longer


class Name:
    """Kanji and kana as written, None for a blank; keys once they are asked for."""

    def __init__(self, kanji: str | None, kana: str | None) -> None:
        self.kanji = None if is_blank(kanji) else kanji
        self.kana = None if is_blank(kana) else kana

    @cached_property
    def kanji_key(self) -> str:
        return kanji_key(self.kanji or "")

    @cached_property
    def kana_key(self) -> str:
        return kana_key(self.kana or "")

    @property
    def too_long(self) -> bool:
        return max(len(self.kanji or ""), len(self.kana or "")) > LONGEST


NOBODY = Name(None, None)


def compare_names(
    written: Name, registered: Name, alias: Name = NOBODY, former: Name = NOBODY
) -> tuple[str, str]:
    """Levels of kanji name and kana name; a difference is not told from a likeness."""
    settled = (
        _level(written.kanji, registered.kanji, lambda: _one_kanji(written, registered)),
        _level(written.kana, registered.kana, lambda: _one_kana(written, registered)),
    )
    if "different" not in settled or any(
        name.too_long for name in (written, registered, alias, former)
    ):
        return settled
    others = tuple(other.kanji for other in (alias, former) if other.kanji)
    found = _against(written, registered, settled, others)
    if "different" not in found or not (alias.kanji or alias.kana):
        return found
    # The registered 通称 is as good as the name, if it comes closer.
    kanji, kana = settled
    name = Name(alias.kanji or registered.kanji, alias.kana or registered.kana)
    if kanji == "different" and _one_kanji(written, name):
        kanji = "equivalent"
    if kana == "different":
        kana = (
            "undecidable"
            if alias.kana is None  # nobody reads the alias here
            else "equivalent"
            if _one_kana(written, name)
            else "different"
        )
    by_alias = _against(written, name, (kanji, kana), others)
    if "different" not in by_alias:
        return by_alias
    closer = found[0] == "different" and (
        by_alias[0] in OPEN
        or (found[1] == "different" and by_alias[1] in OPEN and _share_a_word(written, name))
    )
    return by_alias if closer else found


def _share_a_word(a: Name, b: Name) -> bool:
    """Whether family name or given name is the same: close enough for an eye."""
    words = (kanji_words(name.kanji or "").split() for name in (a, b))
    return any(map(same_kanji, *words))


def _against(
    written: Name, name: Name, levels: tuple[str, str], others: tuple[str, ...]
) -> tuple[str, str]:
    """Levels against one of the registry's names once what its keys leave open is explained."""
    kanji, kana = levels
    if kanji == "different" and written.kanji and name.kanji:
        kanji = _explained(
            written.kanji, name.kanji, others, kana_words(name.kana or ""), kana in FINE
        )
    if kana == "different" and _explained_kana(written, name, kanji):
        kana = "equivalent" if _without_form(written, name) else "undecidable"
    return kanji, kana


def both_differ(one: Name, other: Name) -> bool:
    """Whether two records' names, both fields given, are names of two people.

    Neither is the registry's: one way in which they agree is enough.
    """
    if not (one.kanji and one.kana and other.kanji and other.kana):
        return False
    both = ("different", "different")
    return compare_names(one, other) == both == compare_names(other, one)


def _level(written: str | None, registered: str | None, equivalent: Callable[[], bool]) -> str:
    if written is None:
        return "blank"
    if registered is None:
        return "undecidable"
    if written == registered:
        return "same"
    return "equivalent" if equivalent() else "different"


def _one_kanji(a: Name, b: Name) -> bool:
    if a.kanji is None or b.kanji is None:
        return False
    return a.kanji_key == b.kanji_key or same_kanji(plain_kanji(a.kanji), plain_kanji(b.kanji))


def _one_kana(a: Name, b: Name) -> bool:
    return a.kana is not None and b.kana is not None and same_kana(a.kana_key, b.kana_key)


def _explained_kana(written: Name, name: Name, kanji: str) -> bool:
    """The registry's former surname in brackets, or a placeholder of the registry."""
    if written.kana is None or name.kana is None:
        return False
    a, b = written.kana_key, name.kana_key
    if any(map(_is_placeholder, a + b)):
        return kanji in (*OPEN, "blank") and _one_placeholder(a, b, b, same_kana)
    return _without_form(written, name)


def _without_form(written: Name, name: Name) -> bool:
    bare = without_registered_form(name.kana_key)
    if bare is None or is_no_name(written.kana_key, written.kana or ""):
        return False
    return same_kana(written.kana_key, without_spaces(bare))


# --- what is left: placeholders, Latin letters, brackets -----------------------------------

_ORDINARY = re.compile("[々ぁ-ゖァ-ヺー一-鿿 ]+")


@lru_cache(maxsize=65536)
def _explained(
    written: str, registered: str, others: tuple[str, ...], kana: str, kana_agrees: bool
) -> str:
    """Level of a kanji name that is not the registered one character by character."""
    a, b = plain_kanji(written), plain_kanji(registered)
    shown = without_spaces(registered.translate(WIDTH_AND_GLYPH))
    if any(map(_is_placeholder, a + b)):
        fits = kana_agrees and _one_placeholder(a, b, shown, same_kanji)
        return "undecidable" if fits else "different"
    a, b = kanji_words(written), kanji_words(registered)
    if _ORDINARY.fullmatch(a) and _ORDINARY.fullmatch(b):
        return "different"
    if same_kanji(_joined(a), _joined(b)):
        return "equivalent"
    if is_no_name(a, written) or is_no_name(b, shown):
        return "different"

    def is_known(said: str) -> bool:
        return _is_known(said, others)

    def one_name(a: str, b: str) -> bool:
        if is_latin(a) and is_latin(b):
            return same_by_icao(a, b, written, registered)
        found = beside(a, b, is_known, kana)
        if found is not None:
            return found
        ours, alone_a = accounted_for(a, is_known, in_registry=False)
        theirs, alone_b = accounted_for(b, is_known, in_registry=True)
        if any(same_kanji(_joined(x), _joined(y)) for x in ours for y in theirs):
            return True
        some = len(ours) > 1 or len(theirs) > 1
        return some and alone_a and alone_b and one_name(ours[-1], theirs[-1])

    return "equivalent" if one_name(a, b) else "different"


def _joined(words: str) -> str:
    return words.replace(" ", "")


def _is_placeholder(character: str) -> bool:
    return character in "●〓□？?" or category(character) == "Co"


def _one_placeholder(a: str, b: str, shown: str, same: Callable[[str, str], bool]) -> bool:
    """One placeholder on one side, all else the same.

    In the submitted name it must stand for a character that systems often lack; ``shown`` is the
    registry's name with its own characters.
    """
    places = [i for side in (a, b) for i, c in enumerate(side) if _is_placeholder(c)]
    if len(places) != 1 or len(a) != len(b):
        return False
    at = places[0]
    if not (same(a[:at], b[:at]) and same(a[at + 1 :], b[at + 1 :])):
        return False
    return _is_placeholder(b[at]) or (len(shown) == len(b) and not in_jis_x_0208(shown[at]))


def _is_known(said: str, others: tuple[str, ...]) -> bool:
    """Whether the registry has ``said`` as an alias or a former name, whole or its beginning."""
    said = _joined(said)
    plain = map(plain_kanji, others)
    return bool(said) and any(
        same_kanji(said, name) or same_kanji(said, name[: len(said)]) for name in plain
    )
