"""The baseline's names: folded one at a time, compared character by character.

The same allowed notations as the validator's (contract section 3), written a second time for one
value; only the published tables of characters are shared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from unicodedata import combining, normalize

import jaconv

from benchmarks.baseline_fields import (
    HYPHENS,
    ROOT,
    WIDTH,
    WIDTH_AND_GLYPH,
    is_blank,
    without_spaces,
)

_DATA = ROOT / "validator/fields/name/data"
_DASHES = re.escape(HYPHENS)


def name_table(name: str) -> list[list[str]]:
    """Rows of a published table of characters."""
    lines = (_DATA / f"{name}.tsv").read_text("utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


_HENTAIGANA: dict[int, str] = {}
for _sign, _kana in name_table("mj/hentaigana"):
    _HENTAIGANA.setdefault(ord(_sign), _kana)

# --- kanji names ---------------------------------------------------------------------------

# What NFKC folds itself (⼟, 神) is left to it.
_RADICALS = {
    ord(radical): kanji
    for radical, kanji, *_ in name_table("unicode/radicals")
    if normalize("NFKC", radical) == radical
}
_KANJI = {**WIDTH_AND_GLYPH, **_RADICALS, **_HENTAIGANA}
_KANJI_AFTER = str.maketrans("〻仝ヶヵ", "々々ケカ")
_KANJI_DASH = re.compile(f"([ァ-ヺー])[{_DASHES}~〜]")
_JAPANESE_ALONE = re.compile("[々ぁ-ゖァ-ヺー㐀-鿿 ]*")

_ODD_LETTERS = {
    "Æ": "AE", "Œ": "OE", "Þ": "TH", "ẞ": "SS",
    **dict(zip("ØĐÐŁĦŦŊĸƏƉƑƁƊƘƳƗƆƐ", "ODDLHTNKEDFBDKYIOE", strict=True)),
}  # fmt: skip


def _without_marks(text: str) -> str:
    return "".join(c for c in normalize("NFD", text) if not combining(c))


def _plain_letters() -> dict[int, str]:
    table = {}
    for code in (*range(0xC0, 0x2B0), *range(0x1E00, 0x1F00)):
        letter = chr(code).upper()
        plain = _ODD_LETTERS.get(letter) or _without_marks(letter)
        if plain.isascii() and plain.isalpha():
            table[code] = plain
    return table


_LETTERS = _plain_letters()
_PUNCTUATION = dict.fromkeys(map(ord, ",.'`´’‘ʼʻʹʺˈ′·‧•\"“”;:/\\_＿、。，．"), " ")
# Left of ´ and its like after width is folded: an accent on nothing.
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
_LETTER_HYPHEN = re.compile("([A-Z])[-‐‑‒–—−―─ー=＝⁃﹣]+")


def kanji_words(text: str) -> str:
    """A kanji name without differences of glyph and width, its words one space apart."""
    text = normalize("NFKC", text.translate(_KANJI)).replace("・", " ")
    return _letters(_one_hand(" ".join(text.split())), " ")


def plain_kanji(text: str) -> str:
    """A kanji name without differences of glyph, width and spacing; variants as written."""
    text = normalize("NFKC", text.translate(_KANJI)).replace("・", "")
    return _letters(_one_hand(without_spaces(text)), "")


def _one_hand(text: str) -> str:
    return _KANJI_DASH.sub(r"\1ー", text.translate(_KANJI_AFTER))


def _letters(text: str, between: str) -> str:
    """Capital letters without diacritics and punctuation."""
    if _JAPANESE_ALONE.fullmatch(text):
        return text
    text = text.translate(_LETTERS).upper().translate(_ACCENTS).translate(_PUNCTUATION)
    text = _LETTER_HYPHEN.sub(rf"\1{between or ' '}", text)
    return between.join(text.split())


# --- variant characters --------------------------------------------------------------------

# Character → itself and its regular forms, as the published tables give them: one step, no chain.
_FORMS: defaultdict[str, set[str]] = defaultdict(set)
for _name in ("law/old_forms", "mj/variants", "kanji_database/old_print", "hand/variants"):
    for _variant, _regular, _ in name_table(_name):
        _FORMS[_variant] |= {_variant, _regular}
_SIMPLIFIED = {
    variant: regular
    for _name in ("unicode/simplified", "immigration/simplified")
    for variant, regular, _ in name_table(_name)
}


def _forms(character: str) -> set[str]:
    return _FORMS.get(character) or {character}


_LEAST = {ord(c): min(_forms(_SIMPLIFIED.get(c, c))) for c in (*_FORMS, *_SIMPLIFIED)}


def kanji_key(text: str) -> str:
    """Comparison key of a kanji name: names of one key are one name, the reverse need not hold."""
    return plain_kanji(text).translate(_LEAST)


def _one_character(a: str, b: str) -> bool:
    """Equal, or forms of one character; a simplified one first becomes what a 住民票 shows."""
    if a == b or _forms(a) & _forms(b):
        return True
    if a not in _SIMPLIFIED and b not in _SIMPLIFIED:
        return False
    a_or_regular, b_or_regular = ({c, _SIMPLIFIED.get(c, c)} for c in (a, b))
    return any(_forms(x) & _forms(y) for x in a_or_regular for y in b_or_regular)


def same_kanji(a: str, b: str) -> bool:
    """Whether two folded names (without spaces) are one, repetition marks written out or not."""
    return _alike(a, b) or _alike(spelled_out(a), spelled_out(b))


def _alike(a: str, b: str) -> bool:
    return len(a) == len(b) and all(map(_one_character, a, b))


_REPEATED = re.compile("[^々ゝゞヽヾ][々ゝゞヽヾ]+")


def spelled_out(text: str) -> str:
    """佐々木 as 佐佐木, いすゞ as いすず."""
    return _REPEATED.sub(_repeated, text)


def _repeated(match: re.Match[str]) -> str:
    said = match[0][0]
    for mark in match[0][1:]:
        bare = normalize("NFD", said[-1])[0]
        voiced = normalize("NFC", bare + "\u3099")
        said += said[-1] if mark == "々" else bare if mark in "ゝヽ" else voiced
    return said


@cache
def _jis_x_0208() -> frozenset[str]:
    lines = (ROOT / "schemas/codes/jis_x_0208.txt").read_text("utf-8").split("\n")
    return frozenset("".join(line for line in lines if not line.startswith("#")))


def in_jis_x_0208(character: str) -> bool:
    """A character that every system has."""
    return character.isascii() or character in _jis_x_0208()


# --- kana names ----------------------------------------------------------------------------

_ROWS = {
    "ア": "アカサタナハマヤラワガザダバパァャヮヵ", "イ": "イキシチニヒミリギジビピィヰ",
    "ウ": "ウクスツヌフムユルグズブプゥュヴッ", "エ": "エケセテネヘメレゲゼデベペェヱヶ",
    "オ": "オコソトノホモヨロヲゴゾドボポォョ",
}  # fmt: skip
_VOWEL = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
_AGAIN = re.compile("([" + "".join(_VOWEL) + "])ヽ|([カキクケコサシスセソタチツテトハヒフヘホ])ヾ")
_VU = re.compile("ヴ([ァィェォアイエオ]?)|[ヷヸヹヺ]")
_BU = {"": "ブ", **dict(zip("ァィェォアイエオ", "バビベボバビベボ", strict=True))}
_VA = dict(zip("ヷヸヹヺ", "バビベボ", strict=True))
_KANA = {**WIDTH, **_HENTAIGANA}
_SEPARATORS = "・･,.，．、＝="
_KANA_SEPARATORS = str.maketrans("", "", _SEPARATORS)
_KANA_SPACES = str.maketrans(dict.fromkeys(_SEPARATORS, " "))
_KANA_DASH = re.compile(f"([ァ-ヺー])[{_DASHES}~〜一_]")
_KANA_LARGE = str.maketrans(
    "ヰヱヲヂヅァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ",
    "イエオジズアイウエオツヤユヨワカケクシストヌハヒフヘホムラリルレロ",
)


def kana_key(text: str) -> str:
    """Comparison key of a kana name; ー still as written."""
    text = without_spaces(normalize("NFKC", text.translate(_KANA))).translate(_KANA_SEPARATORS)
    text = jaconv.hira2kata(text)
    if "ヽ" in text or "ヾ" in text:
        text = _AGAIN.sub(_said_again, text)
    text = _VU.sub(_vu, _KANA_DASH.sub(r"\1ー", text))
    return text.translate(_KANA_LARGE)


def kana_words(text: str) -> str:
    """The keys of a kana name's words, one space apart."""
    return " ".join(map(kana_key, text.translate(_KANA_SPACES).split()))


def _said_again(match: re.Match[str]) -> str:
    return match[1] * 2 if match[1] else match[2] + chr(ord(match[2]) + 1)


def _vu(match: re.Match[str]) -> str:
    return _VA.get(match[0]) or _BU[match[1]]


def same_kana(a: str, b: str) -> bool:
    """Equal if each ー is read as the vowel repeated, or as it is spelled (オウ, エイ)."""
    if len(a) != len(b) or ("ー" not in a and "ー" not in b):
        return a == b
    spelled = {"オ": "ウ", "エ": "イ"}
    before = ""
    for x, y in zip(a, b, strict=True):
        if x != y:
            vowel = _VOWEL.get(before)
            other = y if x == "ー" else x
            if "ー" not in (x, y) or vowel is None or other not in (vowel, spelled.get(vowel)):
                return False
        before = y if x == "ー" else x
    return True


_ICHI = re.compile("([ァ-ヺヽヾーぁ-ゖゝゞ])一")
_ALL_KANA = re.compile("[ァ-ヺヽヾー 　]+")
_ANY_KANA = re.compile("[ァ-ヺヽヾーぁ-ゖゝゞ]")
_ANY_KANJI = re.compile(
    "[\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def kana_state(text: str | None) -> str:
    """blank, kana, kanji (kanji in it) or no_kana."""
    if is_blank(text):
        return "blank"
    assert text is not None
    if _ALL_KANA.fullmatch(text):
        return "kana"
    folded = _ICHI.sub(r"\1ー", normalize("NFKC", text.translate(WIDTH)))
    if _ANY_KANJI.search(folded):
        return "kanji"
    return "kana" if _ANY_KANA.search(folded) else "no_kana"
