"""Latin letters in a name: case, diacritics, punctuation, order, middle names, initials.

A residence card spells the name in the capital letters of the passport's machine-readable lines,
so a diacritic is a notation: dropped, or spelled out as ICAO Doc 9303 part 3 does (Ü as UE).
Another order, a missing middle name or an initial is close, never equal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import polars as pl

_PUNCTUATION = ",.'`´’‘ʼʻʹʺˈ′·‧•\"“”;:/\\\\_＿、。，．"
_SPECIAL = {
    "Æ": "AE", "Œ": "OE", "Ø": "O", "Đ": "D", "Ð": "D", "Þ": "TH", "Ł": "L", "ẞ": "SS", "ß": "SS",
    "ı": "I", "Ħ": "H", "Ŧ": "T", "Ŋ": "N", "ĸ": "K", "Ə": "E", "Ɖ": "D", "Ƒ": "F", "Ɓ": "B",
    "Ɗ": "D", "Ƙ": "K", "Ƴ": "Y", "Ɨ": "I", "Ɔ": "O", "Ɛ": "E",
}  # fmt: skip
# ICAO Doc 9303 part 3, section 6: letters that the machine-readable lines spell with two.
_ICAO = {"Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ø": "OE", "Ñ": "N", "Æ": "AE", "Œ": "OE"}
_JOINTS = "\\-‐‑‒–—−―─ー=＝⁃﹣"
_ACCENTS = "[\u0300-\u036f]"
TOUCHES = f"[\\p{{Lowercase}}\\p{{Lt}}À-ʯḀ-ỿ\u0300-\u036f{_PUNCTUATION}{_JOINTS}]"
_LETTERS = re.compile(r"[A-Z]")
_ANYTHING_ELSE = re.compile(r"[^A-Z0-9 '\-]")


@cache
def _plain_letters() -> dict[str, str]:
    """Letters with diacritics, both cases → capital letters of ASCII."""
    table: dict[str, str] = {}
    for first, last in ((0xC0, 0x2AF), (0x1E00, 0x1EFF)):
        for code in range(first, last + 1):
            letter = chr(code)
            upper = letter.upper()
            plain = _SPECIAL.get(upper) or _SPECIAL.get(letter) or _bare(upper)
            if plain.isascii() and plain.isalpha() and plain != letter:
                table[letter] = plain
    return table


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _capital(text: pl.Expr) -> pl.Expr:
    table = _plain_letters()
    letters = text.str.replace_many(list(table), list(table.values())).str.to_uppercase()
    # What is left of ´ and its like after width is folded: an accent on nothing.
    return letters.str.replace_all(_ACCENTS, "")


def _hyphen(text: pl.Expr, sign: str) -> pl.Expr:
    return text.str.replace_all(f"([A-Z])[{_JOINTS}]+", "${1}" + sign)


def fold_letters(text: pl.Expr) -> pl.Expr:
    """Capital ASCII letters without punctuation, for a key without spaces."""
    return _hyphen(_capital(text).str.replace_all(f"[{_PUNCTUATION}]", ""), "")


def fold_words(text: pl.Expr) -> pl.Expr:
    """Capital ASCII letters, punctuation as spaces, for a key that keeps the words apart."""
    spaced = _hyphen(_capital(text).str.replace_all(f"[{_PUNCTUATION}]", " "), " ")
    return spaced.str.replace_all(" +", " ").str.strip_chars(" ")


def is_latin(key: str) -> bool:
    """Whether a folded key is written in Latin letters alone."""
    return bool(_LETTERS.search(key)) and not _ANYTHING_ELSE.search(key)


def spelled_by_icao(text: str) -> str:
    """Letters of a text as written, with diacritics spelled out (MÜLLER → MUELLER)."""
    upper = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text)).upper()
    spelled = "".join(_ICAO.get(c) or _SPECIAL.get(c) or c for c in upper)
    return re.sub("[^A-Z0-9]", "", _bare(spelled))


def compare_words(a: list[str], b: list[str]) -> str | None:
    """Why two Latin names of unequal words are close, or None.

    ``SWAPPED_PARTS`` (same words, another order), ``MIDDLE_NAME_MISSING``, ``PART_MISSING``,
    ``INITIALS``; words are those of a folded key.
    """
    if sorted(a) == sorted(b):
        return "SWAPPED_PARTS"
    short, long = sorted((a, b), key=len)
    if len(short) < len(long) and _all_found(short, long):
        return "MIDDLE_NAME_MISSING" if len(short) > 1 else "PART_MISSING"
    return "INITIALS" if _initials(short, long) else None


def _all_found(short: list[str], long: list[str]) -> bool:
    rest = list(long)
    for word in short:
        if word not in rest:
            return False
        rest.remove(word)
    return True


def _initials(short: list[str], long: list[str]) -> bool:
    """Each word of the shorter name is one of the longer, or the initial of one; some are whole."""
    rest = list(long)
    whole = 0
    for word in sorted(short, key=len, reverse=True):
        if word in rest:
            rest.remove(word)
            whole += len(word) > 1
            continue
        fitting = [w for w in rest if w[0] == word[0] and 1 in (len(w), len(word))]
        if not fitting:
            return False
        rest.remove(fitting[0])
    return whole > 0 and any(len(w) == 1 for w in [*short, *long])


_HAN = re.compile(r"[\u3005\u3007\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN_RUN = re.compile(r"[A-Z][A-Z '\-]*")
_BRACKET_SIGNS = re.compile(r"[()\[\]{}<>「」『』【】〔〕〈〉《》_/]")


def scripts_beside(key: str) -> tuple[str, str] | None:
    """Latin part and kanji part of a name that gives both (WANG WEI 王偉), or None."""
    text = _BRACKET_SIGNS.sub(" ", key)
    if not _HAN.search(text):
        return None
    runs = _LATIN_RUN.findall(text)
    if len(runs) != 1 or len(runs[0].strip()) < 2:
        return None
    rest = " ".join(text.replace(runs[0], " ").split())
    if not rest or not all(_HAN.match(c) or c == " " for c in rest):
        return None
    return " ".join(runs[0].split()), rest
