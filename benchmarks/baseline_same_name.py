"""The baseline's answer to whether two people carry one name.

Contract section 3, for one pair: the registered name, the alias, an explained placeholder, a
Latin name with its kanji beside it, brackets that the registry accounts for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from unicodedata import category, normalize

from benchmarks.baseline_fields import WIDTH_AND_GLYPH, is_blank, without_spaces
from benchmarks.baseline_names import (
    in_jis_x_0208,
    kana_key,
    kanji_key,
    kanji_words,
    plain_kanji,
    same_kana,
    same_kanji,
)

FINE = ("same", "equivalent")


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


NOBODY = Name(None, None)


def compare_names(
    written: Name, registered: Name, alias: Name = NOBODY, former: Name = NOBODY
) -> tuple[str, str]:
    """Levels of kanji name and kana name; a difference is not told from a likeness."""
    kanji = _level(written.kanji, registered.kanji, lambda: _one_kanji(written, registered))
    kana = _level(written.kana, registered.kana, lambda: _one_kana(written, registered))
    if kanji != "different" and kana != "different":
        return kanji, kana
    # The registered 通称 is as good as the name.
    is_alias, alias_kana = _one_kanji(written, alias), _one_kana(written, alias)
    if kana == "different" and alias_kana:
        kana = "equivalent"
    if kanji == "different":
        kanji, is_alias = ("equivalent", True) if is_alias else _explained_by_any(
            written.kanji or "", registered, alias, former, kana in FINE, alias_kana
        )  # fmt: skip
    else:
        is_alias = False
    if kana == "different" and kanji in (*FINE, "undecidable"):
        # An alias without its kana leaves the kana open, not wrong.
        by_alias = is_alias and (alias.kana is None or _open_kana(written, alias))
        if by_alias or _open_kana(written, registered):
            kana = "undecidable"
    return kanji, kana


def _explained_by_any(
    written: str, registered: Name, alias: Name, former: Name, agrees: bool, alias_agrees: bool
) -> tuple[str, bool]:
    """Level of a kanji name that equals none, and whether it is the alias that explains it."""
    others = tuple(other.kanji for other in (alias, former) if other.kanji)
    level = _explained(written, registered.kanji or "", others, agrees)
    if level != "different" or alias.kanji is None:
        return level, False
    level = _explained(written, alias.kanji, others, alias_agrees)
    return level, level != "different"


def both_differ(one: Name, other: Name) -> bool:
    """Whether two records' names, both fields given, are names of two people."""
    if not (one.kanji and one.kana and other.kanji and other.kana):
        return False
    if _one_kana(one, other) or _one_kanji(one, other):
        return False
    if _spelled_by_icao(one.kanji) & _spelled_by_icao(other.kanji):
        return False
    return not _beside(kanji_words(one.kanji), kanji_words(other.kanji))


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


def _open_kana(written: Name, registered: Name) -> bool:
    a, b = written.kana_key, registered.kana_key
    return _one_placeholder(a, b, b, same_kana)


# --- what is left: placeholders, Latin letters, brackets -----------------------------------


@lru_cache(maxsize=65536)
def _explained(written: str, registered: str, others: tuple[str, ...], kana_agrees: bool) -> str:
    """Level of a kanji name that is not the registered one character by character."""
    a, b = plain_kanji(written), plain_kanji(registered)
    if any(map(_is_placeholder, a + b)):
        shown = without_spaces(registered.translate(WIDTH_AND_GLYPH))
        fits = kana_agrees and _one_placeholder(a, b, shown, same_kanji)
        return "undecidable" if fits else "different"
    a, b = kanji_words(written), kanji_words(registered)
    if _spelled_by_icao(written) & _spelled_by_icao(registered) or _beside(a, b):
        return "equivalent"
    # What a 住民票 prints beside a name is no remark; on a form it is one, unless it is known.
    ours, theirs = _without_brackets(a), _without_brackets(b)
    known = ours is not None and _is_known(ours[1], others)
    one = {a, ours[0]} if ours and known else {a}
    two = {b, theirs[0]} if theirs else {b}
    # Kanji that were taken out of brackets must not come back from the other side.
    may_add = theirs is None or not _HAN.search(theirs[1])
    found = any(
        same_kanji(_joined(x), _joined(y)) or ((may_add or y == b) and _beside(x, y))
        for x in one
        for y in two
    )
    return "equivalent" if found else "different"


def _joined(words: str) -> str:
    return words.replace(" ", "")


def _is_placeholder(character: str) -> bool:
    return character in "●〓□？?■" or category(character) == "Co"


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


# ICAO Doc 9303 part 3: letters that a passport's machine-readable lines spell with two.
_ICAO = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ø": "OE", "Æ": "AE", "Œ": "OE"})
_LATIN_NAME = re.compile(r"[A-Z0-9 '\-]*[A-Z][A-Z0-9 '\-]*")


def _spelled_by_icao(written: str) -> set[str]:
    """Spellings of a Latin name without and with ICAO's pairs of letters; none of another name."""
    plain = kanji_words(written)
    if not _LATIN_NAME.fullmatch(plain):
        return set()
    pairs = kanji_words(normalize("NFC", normalize("NFKC", written)).upper().translate(_ICAO))
    return {re.sub("[^A-Z0-9]", "", text) for text in (plain, pairs)}


_SIGNS = re.compile(r"[()\[\]{}<>「」『』【】〔〕〈〉《》_/]")
_LATIN_RUN = re.compile(r"[A-Z][A-Z '\-]*")
_HAN = re.compile(r"[\u3005\u3007\u3400-\u9fff\U00020000-\U0003ffff]")
_HAN_WORDS = re.compile(f"(?:{_HAN.pattern}| )+")
_NO_NAME = re.compile(
    "旧[姓氏]|元姓|(?:様方?|殿|御中|先生|女史)$|^(?:氏|君|本人|世帯主|代表者?|被保険者|配偶者)$"
)


def _beside(a: str, b: str) -> bool:
    """A Latin name and its kanji on one side; on the other the same two, or one of them."""
    scripts_a, scripts_b = _scripts(a), _scripts(b)
    if scripts_a and scripts_b:
        return all(map(same_kanji, scripts_a, scripts_b))
    if scripts_a:
        return any(same_kanji(part, _joined(b)) for part in scripts_a)
    return any(same_kanji(part, _joined(a)) for part in scripts_b)


def _scripts(words: str) -> tuple[str, ...]:
    """Latin part and kanji part of a name that has both, else nothing."""
    text = _SIGNS.sub(" ", words)
    latin = _LATIN_RUN.findall(text)
    if len(latin) != 1 or len(latin[0].strip()) < 2:
        return ()
    kanji = text.replace(latin[0], " ").strip()
    if not _HAN_WORDS.fullmatch(kanji) or _NO_NAME.search(kanji):
        return ()
    return _joined(latin[0]), _joined(kanji)


_OPEN, _CLOSE = r"(\[{<「『【〔〈《≪", r")\]}>」』】〕〉》≫"
_BRACKET = re.compile(f"[{_OPEN}]([^{_CLOSE}]*)(?:[{_CLOSE}]|$)")
_FORMER_NAME = re.compile(r"[ ,、:]?(?:旧|元姓|NEE\b|FORMERLY\b)[ :は]*\S")


def _without_brackets(words: str) -> tuple[str, str] | None:
    """The name without its brackets, and what stood in them; None without any.

    A remark on a former name is a remark, whatever brackets it stands in.
    """
    said = _BRACKET.findall(words)
    bare = " ".join(_BRACKET.sub(" ", words).split())
    if not said or not bare or any(map(_FORMER_NAME.match, said)):
        return None
    return bare, " ".join(said)


def _is_known(said: str, others: tuple[str, ...]) -> bool:
    """Whether the registry has ``said`` as an alias or a former name, whole or its beginning."""
    said = _joined(said)
    plain = map(plain_kanji, others)
    return bool(said) and any(same_kanji(said, name[: len(said)]) for name in plain)
