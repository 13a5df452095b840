"""The baseline's names in two scripts: Latin letters with kanji beside them.

The kanji of a Latin name count if the registry has them too, or if the one spells the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache, lru_cache
from unicodedata import normalize

import jaconv

from benchmarks.baseline_names import kanji_words, name_table, same_kanji
from benchmarks.baseline_remarks import is_no_name, is_remark

# ICAO Doc 9303 part 3: letters that a passport's machine-readable lines spell with two.
_ICAO = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ø": "OE", "Æ": "AE", "Œ": "OE"})
_LATIN_NAME = re.compile(r"[A-Z0-9 '\-]*[A-Z][A-Z0-9 '\-]*")
_SIGNS = re.compile(r"[()\[\]{}<>「」『』【】〔〕〈〉《》_/]")
_LATIN_RUN = re.compile(r"[A-Z][A-Z '\-]*")
_HAN_WORDS = re.compile(r"[\u3005\u3007\u3400-\u9fff\U00020000-\U0003ffff ]+")
_LONGEST = 60


def is_latin(words: str) -> bool:
    """Latin letters alone."""
    return _LATIN_NAME.fullmatch(words) is not None


def same_by_icao(a: str, b: str, written_a: str, written_b: str) -> bool:
    """Whether two Latin names are one if diacritics are spelled with two letters."""
    plain = [text.replace(" ", "") for text in (a, b)]
    pairs = [_pairs_of_letters(text) for text in (written_a, written_b)]
    return pairs[0] in (pairs[1], plain[1]) or pairs[1] == plain[0]


def _pairs_of_letters(written: str) -> str:
    capital = normalize("NFC", normalize("NFKC", written)).upper()
    return re.sub("[^A-Z0-9]", "", kanji_words(capital.translate(_ICAO)))


def _both_scripts(words: str) -> tuple[str, ...]:
    """Latin part and kanji part of a name that has both, else nothing."""
    text = _SIGNS.sub(" ", words)
    latin = _LATIN_RUN.findall(text)
    if len(latin) != 1 or len(latin[0].strip()) < 2:
        return ()
    kanji = " ".join(text.replace(latin[0], " ").split())
    if not _HAN_WORDS.fullmatch(kanji) or len(kanji.replace(" ", "")) < 2:
        return ()
    if is_remark(kanji) or is_no_name(kanji, kanji):
        return ()
    return " ".join(latin[0].split()), kanji


def beside(a: str, b: str, is_known: Callable[[str], bool], kana: str) -> bool | None:
    """Whether the submitted and the registered name are one; None if neither has two scripts.

    ``kana``: the registry's, which tells whether Latin letters beside its name can be that name.
    """
    both_a, both_b = _both_scripts(a), _both_scripts(b)
    if both_a and both_b:
        return all(map(_one, both_a, both_b))
    if both_b:
        return any(_one(part, a) for part in both_b)
    if both_a:
        part = next((part for part in both_a if _one(part, b)), None)
        if part is None:
            return False
        latin, kanji = both_a
        if part == latin:
            return is_known(kanji) or _is_pinyin(kanji, latin)
        return is_known(latin) or _sounds_alike(latin, kana)
    return None


def _one(a: str, b: str) -> bool:
    return same_kanji(a.replace(" ", ""), b.replace(" ", ""))


@cache
def _pinyin() -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for character, reading in name_table("unicode/pinyin"):
        found[character].append(reading)
    return dict(found)


def _is_pinyin(kanji: str, latin: str) -> bool:
    """Whether Latin letters are the Mandarin reading of kanji, family name first or last."""
    words = latin.split()
    if len(latin) > _LONGEST:
        return False
    orders = (words, words[1:] + words[:1], words[-1:] + words[:-1])
    return any(_reads(kanji.replace(" ", ""), "".join(order)) for order in orders)


def _reads(kanji: str, letters: str) -> bool:
    if not kanji:
        return not letters
    return any(
        letters.startswith(reading) and _reads(kanji[1:], letters[len(reading) :])
        for reading in _pinyin().get(kanji[0], ())
    )


_MOST_EDITS = 0.1  # of the longer sound
_SPELLINGS = (
    "PH F", "TH S", "CH C", "SH S", "CK K", "TSU TU", "QU K", "L R", "V B", "X KS", "Q K", "C K",
    "J Z", "HU FU", "Y I",
)  # fmt: skip


@lru_cache(maxsize=8192)
def _sounds_alike(latin: str, kana: str) -> bool:
    """Whether Latin letters spell a kana name, word order aside."""
    if not kana or len(latin) > _LONGEST or len(kana) > _LONGEST:
        return False
    words = re.findall("[A-Z]+", latin)
    spelled = [str(jaconv.kata2alphabet(word)).upper() for word in kana.split()]
    ways = ((words, spelled), (sorted(words), sorted(spelled)))
    return any(_close(_sound("".join(one)), _sound("".join(other))) for one, other in ways)


def _sound(text: str) -> str:
    text = re.sub("[^A-Z]", "", text)
    for spelling in _SPELLINGS:
        spelled, _, plain = spelling.partition(" ")
        text = text.replace(spelled, plain)
    text = re.sub(r"(?<=[AEIOU])H(?![AEIOU])", "", text)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"(?<=O)U", "", text))


def _close(a: str, b: str) -> bool:
    """Few edits: insert, delete, replace, swap of neighbours."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        current = [i]
        for j, y in enumerate(b, start=1):
            cost = min(row[j] + 1, current[-1] + 1, row[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, row = row, current
    return row[-1] <= _MOST_EDITS * max(len(a), len(b), 1)
