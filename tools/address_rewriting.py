"""Canonical addresses of the postal data's towns, and the ways they are written otherwise.

Nothing here looks into the parser: a canonical address is put together from the postal data, and a
rewriting knows the rule of writing it stands for. Each rewriting is a function of a `Place` and a
seeded draw; it returns None where it does not apply (no 郡 to leave out, no ケ to vary).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

NUMERALS = "〇一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789-ABCDEF ", "０１２３４５６７８９－ＡＢＣＤＥＦ\u3000")
HALF_KE = {"ケ": "ｹ", "ヶ": "ｹ", "ガ": "ｶﾞ", "ノ": "ﾉ", "ツ": "ﾂ", "ッ": "ｯ"}
# What keyboards, OCR and spreadsheets give for a hyphen.
HYPHENS = (
    "‐", "\u2011", "‒", "–", "—", "―", "−", "－", "ー", "ｰ", "─", "━", "﹣", "⁃",
)  # fmt: skip
_NEW, _OLD = "区県沢広浜桜国栄竜関塩滝辺恵", "區縣澤廣濱櫻國榮龍關鹽瀧邊惠"
OLD_FORMS, NEW_FORMS = str.maketrans(_NEW, _OLD), str.maketrans(_OLD, _NEW)
_KE = re.compile("(?<=[一-鿿々])[ケヶガが](?=[一-鿿々])")
_COUNTY = re.compile("^.{1,5}?郡(?=.+[町村]$)")
_MARK = re.compile("^(?:大字|字)")
# 大字 does not stand before these.
_NO_MARK = re.compile("[町丁目条線号割通番区]$|^[0-9一二三四五六七八九十]")
BUILDINGS = ("見本ハイツ201号室", "コーポ見本102", "メゾン見本 305", "グリーンハイツB-101")


def kanji(number: int) -> str:
    """A number of 1 to 9,999 in kanji: 二千三百八十一."""
    text = ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += unit if digit == 1 and unit else NUMERALS[digit] + unit
    return text


def without_county(city: str) -> str:
    """A municipality without its 郡."""
    return _COUNTY.sub("", city)


def digits_in_kanji(number: int) -> str:
    """Digit by digit: 二三八一."""
    return "".join(NUMERALS[int(digit)] for digit in str(number))


@dataclass(frozen=True)
class Place:
    """A canonical address in its parts, and what the rewritings need to know of its surroundings.

    ``chome`` 0 and ``koaza`` "" where there is none; ``numbers``: 番 and 号 behind a 丁目, else 番地
    and 枝番. ``bare_city``: the name without its 郡, or "". ``unique``, ``bare_unique``: the one name
    or the other belongs to no second municipality of the country. ``same_unmarked``: the
    municipality has another town of this name, told apart by 大字 or 字 alone.
    """

    prefecture: str
    city: str
    town: str
    numbers: tuple[int, ...]
    chome: int = 0
    koaza: str = ""
    building: str = ""
    postal_code: str = ""
    unique: bool = False
    bare_unique: bool = False
    same_unmarked: bool = False
    kyoto: bool = False

    @property
    def bare_city(self) -> str:
        """The municipality without its 郡, or "" if it has none."""
        bare = without_county(self.city)
        return "" if bare == self.city else bare

    @property
    def full_town(self) -> str:
        """The town as the contract wants it: 丁目 in kanji numerals, 小字 behind it."""
        return self.town + (f"{kanji(self.chome)}丁目" if self.chome else "") + self.koaza

    @property
    def block(self) -> str:
        """The block as the contract wants it."""
        return "-".join(map(str, self.numbers))


@dataclass(frozen=True)
class Style:
    """How the parts are written down. The default writes the canonical address."""

    prefecture: bool = True
    county: bool = True
    mark: str = ""  # 大字 or 字 before the town
    koaza_mark: str = ""  # 字 before the 小字
    hyphen: str = ""  # one for all numbers, 丁目 too
    number_word: str = ""  # between the numbers of the block: の, 番地の, 番地
    numerals: str = ""  # kanji, digits (of kanji), mixed; Arabic otherwise
    gap: tuple[str, str, str] = ("", "", "")  # behind prefecture, municipality, town
    front: str = ""
    ke: str = ""
    width: str = ""
    old_forms: bool = False


def write(place: Place, style: Style | None = None) -> str:
    """The address in one style."""
    style = style or Style()
    city = place.city if style.county else place.bare_city
    town = _MARK.sub("", place.town) if style.mark == "-" else place.town
    town = (style.mark if style.mark != "-" else "") + town
    names = [place.prefecture if style.prefecture else "", style.gap[0], city, style.gap[1], town]
    koaza = (style.koaza_mark if place.koaza else "") + place.koaza
    text = "".join(names) + koaza
    if style.ke:
        text = _KE.sub(style.ke, text)
    if style.old_forms:
        text = text.translate(OLD_FORMS)
    numbers = _numbers(place, style)
    if style.width:
        numbers = numbers.translate(FULL_WIDTH)
        text = "".join(HALF_KE.get(c, c) for c in text)
    building = f"\u3000{place.building}" if place.building else ""
    return style.front + text + style.gap[2] + numbers + building


def _numbers(place: Place, style: Style) -> str:
    shape: dict[str, Callable[[int], str]] = {"kanji": kanji, "digits": digits_in_kanji}
    spell = shape.get(style.numerals, str)
    block = [spell(number) for number in place.numbers]
    if style.hyphen:
        chome = [spell(place.chome)] if place.chome else []
        return style.hyphen.join([*chome, *block])
    chome_word = ""
    if place.chome:
        arabic = style.numerals == "mixed" or style.width or style.number_word
        chome_word = (str(place.chome) if arabic else kanji(place.chome)) + "丁目"
    if style.number_word:
        return chome_word + style.number_word.join(block)
    if len(block) == 1:
        return f"{chome_word}{block[0]}番地"
    return chome_word + (
        f"{block[0]}番{block[1]}号" if place.chome else f"{block[0]}番地{block[1]}"
    )


def _width(_: Place, draw: random.Random) -> Style:
    return Style(width="full", hyphen=draw.choice(["", "-"]))


def _numerals(_: Place, draw: random.Random) -> Style:
    return Style(numerals=draw.choice(["kanji", "digits", "mixed"]))


def _hyphens(place: Place, draw: random.Random) -> Style | None:
    if len(place.numbers) + bool(place.chome) < 2:
        return None
    return Style(hyphen=draw.choice(HYPHENS))


def _no(place: Place, draw: random.Random) -> Style | None:
    if len(place.numbers) < 2:
        return None
    return Style(number_word=draw.choice(["の", "番地の", "ノ", "番地ノ"]))


def _prefecture(place: Place, _: random.Random) -> Style | None:
    return Style(prefecture=False) if place.unique else None


def _county(place: Place, draw: random.Random) -> Style | None:
    if not place.bare_city:
        return None
    return Style(county=False, prefecture=not (place.bare_unique and draw.random() < 0.5))


def _marks(place: Place, draw: random.Random) -> Style | None:
    if place.koaza:
        return Style(koaza_mark="字")
    if place.same_unmarked or place.kyoto:
        return None
    if _MARK.match(place.town):
        return Style(mark="-")
    if place.chome or _NO_MARK.search(place.town):
        return None
    return Style(mark=draw.choice(["大字", "大字", "字"]))


def _ke(place: Place, draw: random.Random) -> Style | None:
    found = _KE.search(place.city + place.town)
    if not found:
        return None
    return Style(ke=draw.choice([k for k in "ケヶガが" if k != found.group()]))


def _postal(place: Place, draw: random.Random) -> Style | None:
    if not place.postal_code:
        return None
    first, last = place.postal_code[:3], place.postal_code[3:]
    front = draw.choice([f"〒{first}-{last} ", f"{first}-{last}\u3000", f"〒{first}{last}",
                         f"〒{first}－{last}\u3000".translate(FULL_WIDTH)])  # fmt: skip
    return Style(front=front)


def _spaces(_: Place, draw: random.Random) -> Style:
    one = draw.choice([" ", "\u3000", "  "])
    return Style(gap=(one, one, draw.choice(["", one])))


def _old_forms(place: Place, _: random.Random) -> Style | None:
    text = place.prefecture + place.city + place.town
    return Style(old_forms=True) if text.translate(OLD_FORMS) != text else None


KINDS: Mapping[str, Callable[[Place, random.Random], Style | None]] = {
    "full-width numbers, half-width kana": _width,
    "kanji numerals, 丁目 in either": _numerals,
    "hyphens of 14 kinds": _hyphens,
    "の, 番地の": _no,
    "prefecture omitted (unique name)": _prefecture,
    "郡 omitted": _county,
    "大字, 字 written or omitted": _marks,
    "ケ ヶ ガ が": _ke,
    "postal code in front": _postal,
    "spaces": _spaces,
}
# In place of one that does not apply: kinds that do, together.
OLD = "old character forms"
SEVERAL = "several of these together"


def together(styles: list[Style]) -> Style:
    """One style with what each of ``styles`` changes; of two that change the same, the later."""
    plain = Style()
    changed: dict[str, Any] = {}
    for style in styles:
        changed |= {k: v for k, v in vars(style).items() if v != vars(plain)[k]}
    # A hyphen and a の cannot stand in one place; kanji numerals do not go with ー for a hyphen.
    if "number_word" in changed:
        changed.pop("hyphen", None)
    if "numerals" in changed:
        changed.pop("hyphen", None)
        changed.pop("width", None)
    return replace(plain, **changed)


def rewritings(place: Place, draw: random.Random) -> list[tuple[str, str]]:
    """Ten (kind, text) of a place, none of them the canonical text."""
    canonical = write(place)
    styles = {kind: make(place, draw) for kind, make in KINDS.items()}
    applying = [style for style in styles.values() if style is not None]
    spare = [style] if (style := _old_forms(place, draw)) else []
    found = []
    for kind, style in styles.items():
        name, text = kind, write(place, style) if style else canonical
        while text == canonical:
            if spare:
                name, text = OLD, write(place, spare.pop())
            else:
                some = draw.sample(applying, min(len(applying), draw.choice([2, 3, 4])))
                name, text = SEVERAL, write(place, together(some))
        found.append((name, text))
    return found
