"""The baseline's houses: numbers and 方書 of two addresses of one town, pair by pair.

A second writing of the rules: numbers agree as one list whose kinds do not contradict each other;
of a 方書, what one side lacks contradicts nothing.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import normalize

import jaconv

from benchmarks.baseline_address import read_numerals
from benchmarks.baseline_fields import HYPHENS, WIDTH, WIDTH_AND_GLYPH
from benchmarks.baseline_names import in_jis_x_0208, name_table

Parts = dict[str, str | int | bool | None]

# --- characters ----------------------------------------------------------------------------


@cache
def regular_characters() -> dict[int, str]:
    """Character → the form that stands for it: by law, else the most common of JIS X 0208."""
    forms: dict[str, set[str]] = {}
    for table in ("law/old_forms", "mj/variants", "kanji_database/old_print", "hand/variants"):
        for variant, regular, _ in name_table(table):
            forms.setdefault(variant, {variant}).add(regular)
    by_law = {regular for _, regular, _ in name_table("law/old_forms")}

    def stands_for(character: str) -> str:
        if character in by_law:
            return character
        ranks = ((c not in by_law, _row(c), c) for c in forms.get(character, {character}))
        return min(ranks)[2]

    regular = {ord(c): stands_for(c) for c in forms}
    for table in ("unicode/simplified", "immigration/simplified"):
        for simplified, shown, _ in name_table(table):
            regular[ord(simplified)] = stands_for(shown)
    return regular


def _row(character: str) -> int:
    if not in_jis_x_0208(character):
        return 999
    try:
        return character.encode("euc_jp")[0]
    except UnicodeEncodeError:
        return 999


# --- numbers -------------------------------------------------------------------------------

_LETTER_MARKS = re.compile("[-ー ]")
# ハ部, ハの部: a 小字 that is no more than the letter of a lot.
_LETTER_AS_KOAZA = re.compile("([ぁ-ゖァ-ヺ]{1,2}?)[のノ]?部")


def same_numbers(s: Parts, r: Parts) -> bool:
    """丁目, 小字, letters and numbers are one list."""
    s, r = _lettered(s), _lettered(r)
    # The keys below make イ of い, which are letters of two lots.
    if _letters(str(s["letters"])) != _letters(str(r["letters"])):
        return False
    if s["whole_key"] != r["whole_key"]:
        one_list = _list(s) == _list(r) or _ends_in_room_of(s, r) or _ends_in_room_of(r, s)
        if s["koaza_key"] != r["koaza_key"] or not one_list:
            return False
    pairs = zip(str(s["kinds"] or "")[:6], str(r["kinds"] or "")[:6], strict=False)
    return all(a == b or "h" in (a, b) for a, b in pairs)


def _lettered(side: Parts) -> Parts:
    found = None if side["letters"] else _LETTER_AS_KOAZA.fullmatch(str(side["koaza"]))
    if not found:
        return side
    whole = str(side["whole_key"]).replace(str(side["koaza_key"]), found[1], 1)
    return {**side, "letters": found[1], "koaza_key": "", "whole_key": whole}


def _list(side: Parts) -> str:
    chome = "" if side["chome"] is None else str(side["chome"])
    return "-".join(part for part in (chome, side["numbers"]) if part)


def _letters(written: str) -> str:
    """Letters of a 地番 without the marks beside them; イ and い number different lots."""
    text = _LETTER_MARKS.sub("", normalize("NFKC", written.translate(WIDTH)))
    return text[:-1] if len(text) > 1 and text[-1] in "のノ之" else text


_SPACED_ROOM = re.compile(r"[^0-9０-９\s][\s]+[0-9０-９]{3,5}\s*\Z")


def _ends_in_room_of(longer: Parts, other: Parts) -> bool:
    """``longer`` is the list of ``other`` and one number more, the room that ``other`` names.

    The list of ``other`` must be whole: it ends in 号, has a 丁目 and two numbers or 番地 and one
    more; or a space parts the room from the block (12番地 502).
    """
    numbers, kinds = _list(other), str(other["kinds"] or "")
    house = read_building(str(other["building"]))
    room = f"B{house.room}" if house.below else house.room
    if not numbers or not room or read_building(str(longer["building"])).room:
        return False
    count = len(re.findall("[0-9]+", numbers))
    whole = (
        kinds.endswith("g")
        or (count == 3 if other["chome"] is not None else count == 2 and kinds.startswith("b"))
        or _SPACED_ROOM.search(str(longer["text"]))
    )
    if not whole:
        return False
    return str(longer["kinds"] or "").endswith("h") and _list(longer) == f"{numbers}-{room}"


# --- 方書 ----------------------------------------------------------------------------------

_ROMAN = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
}
# U+2800 is seen as a space here.
_UNSEEN = {code: folded for code, folded in WIDTH_AND_GLYPH.items() if code != 0x2800}
_ROMAN_NUMBER = re.compile("(?<![A-Z])[IVX]+(?![A-Z])")
_LONG_MARK = re.compile("([0-9A-Z])ー([0-9A-Z])")
_TO_HYPHEN = str.maketrans(dict.fromkeys(HYPHENS, "-"))
_CARE_OF = re.compile(
    r"([^\s0-9]{1,20}?)(?:様方|様宅|様|気付|気附|(?<=[^\s0-9]{2})方)(?=[\s,)]|\Z)"
)
_FLOOR = re.compile("((?:地下|B)?[0-9]{1,3})(?:階|F(?![A-Z]))")
# A-203, 3-203, 3号棟203, 203号室, 203B, B.
_ROOM = re.compile(
    r"(?:(?<![A-Z])([A-Z])[-\s]?|(?<![0-9])([0-9]{1,3})-|([A-Z]|[0-9]{1,3})(?:号?棟|[号番]館)[-\s]*)?"
    r"(?:(?<![0-9])([0-9]{1,5}[A-Z]?)|(?<![A-Z])([A-Z]))(?:号室|号|室)?\Z"
)
_RIDGE = re.compile("([A-Z]|[0-9]{1,3})(?:号棟|棟|号館|番館)")


class Building(NamedTuple):
    """What a 方書 says, as it sounds; empty where it says nothing."""

    name: str
    ridge: str
    room: str
    care_of: str
    floor: str
    below: bool  # B1, B101: a floor below ground, or a ridge B without its 棟


def same_building(a: str, b: str) -> bool:
    """Whether the 方書 of two addresses do not contradict each other."""
    one, other = _folded(a), _folded(b)
    if one == other:
        return True
    read = _read(one), _read(other)
    for field in ("name", "ridge", "room", "care_of", "floor"):
        x, y = (getattr(house, field) for house in read)
        same_name = field == "name" and (_one_longer(x, y) or _one_in_latin(x, y))
        if x and y and x != y and not same_name:
            return False
    return not _one_underground(*read)


def _one_underground(a: Building, b: Building) -> bool:
    """One of two homes lies below ground, or may, and the other says that it does not."""
    deep, high = sorted((a, b), key=lambda x: not (x.below or x.floor.startswith("B")))
    if (
        not (deep.below or deep.floor.startswith("B"))
        or high.below
        or high.floor.startswith("B")
        or not (high.room or high.floor)
    ):
        return False
    return deep.ridge != high.ridge if deep.below else not deep.room or deep.room != high.room


def read_building(written: str) -> Building:
    """Name, 棟, floor, room and care of."""
    return _read(_folded(written))


def _folded(written: str) -> str:
    text = normalize("NFKC", written.translate(_UNSEEN)).upper().translate(_TO_HYPHEN)
    text = re.sub(r"[\s\u2800()\[\]【】〔〕「」『』]+", " ", text).strip(" -、,。.")
    return read_numerals(_LONG_MARK.sub(r"\1-\2", text))


@lru_cache(maxsize=100_000)
def _read(text: str) -> Building:
    text = _ROMAN_NUMBER.sub(lambda m: f"{_ROMAN[m[0]]} " if m[0] in _ROMAN else m[0], text)
    care_of = ridge = room = ""
    below = False
    if found := _CARE_OF.search(text):
        care_of = _sound(found[1])
        text = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,")
    floors = _FLOOR.findall(text)
    floor = floors[-1].replace("地下", "B") if floors else ""
    # A floor alone is all that tells where in the house.
    text = _FLOOR.sub(" ", text).strip() or text
    found = _ROOM.search(text)
    if found and not text[: found.start()].endswith("第"):  # 第2 is part of a name
        ridge = found[1] or found[2] or found[3] or ""
        room = (found[4] or found[5]).lstrip("0")
        below = found[1] == "B"
        text = text[: found.start()].rstrip(" -#")
    if found := _RIDGE.search(text):
        ridge = found[1]
        text = text[: found.start()] + text[found.end() :]
    return Building(_sound(text), ridge.lstrip("0"), room, care_of, floor, below)


_HEARD = str.maketrans("ァィゥェォャュョヮヵヶヂヅ", "アイウエオヤユヨワカケジズ")
_VU = re.compile("ヴ([ァィェォ]?)")
_BU = {"": "ブ", "ァ": "バ", "ィ": "ビ", "ェ": "ベ", "ォ": "ボ"}
_SILENT = re.compile(r"[ー・=’'`.,&/／ッ\-\s()\[\]「」【】#号室]")


def _sound(name: str) -> str:
    """A name without what people leave out; ロイヤル is ロイアル, エスポワール エスポアール."""
    name = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in name)
    name = _VU.sub(lambda m: _BU[m[1]], name.translate(regular_characters()))
    name = _SILENT.sub("", name.translate(_HEARD))
    return name[:1] + name[1:].replace("ヤ", "ア").replace("ワ", "ア")


# Who runs a house and what kind of house it is, as _sound leaves the words.
_KIND_OF_HOUSE = re.compile(
    "(?:県営|市営|都営|町営|村営|府営|道営|区営|公営|公団|公社|UR"
    "|マンシヨン|アパト|アパート|ビル|ビルデイング|住宅|団地|寮|社宅)+"
)


def _one_longer(a: str, b: str) -> bool:
    """The longer name is the shorter one and says besides only what kind of house it is."""
    short, long = sorted((a, b), key=len)
    if len(short) < 2 or short not in long:
        return False
    before, _, behind = long.partition(short)
    return all(not more or _KIND_OF_HOUSE.match(more) for more in (before, behind))


_KANA_NAME = re.compile("[ァ-ヺ0-9]+")
_TWO_LETTERS = (("TION", "SON"), ("GH", ""), ("PH", "F"), ("TH", "S"), ("TSU", "S"), ("TS", "S"))
_ONE_SOUND = str.maketrans("CQGZJXDMLVF", "KKKSSSTNRBH")


def _one_in_latin(a: str, b: str) -> bool:
    """GARDEN HILLS and ガーデンヒルズ: the same consonants."""
    latin, kana = (a, b) if a.isascii() else (b, a)
    if not latin.isascii() or not _KANA_NAME.fullmatch(kana):
        return False
    heard = _consonants(str(jaconv.kata2alphabet(kana)).upper())
    return len(heard) >= 3 and _consonants(latin) == heard


def _consonants(latin: str) -> str:
    for written, heard in _TWO_LETTERS:
        latin = latin.replace(written, heard)
    latin = re.sub("(?<=[AEIOU])R(?![AEIOU])", "", latin)
    latin = re.sub(r"([A-Z])\1", r"\1", re.sub("[CS]H", "S", latin))
    latin = re.sub("C(?=[EIY])", "S", latin)
    return re.sub("[^A-Z0-9]|[AEIOUWY]", "", latin).translate(_ONE_SOUND)
