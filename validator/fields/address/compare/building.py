"""方書 of two addresses: name, 棟, floor, room, care of. What one side lacks is no fault."""

from __future__ import annotations

import re
from dataclasses import dataclass

import jaconv
import polars as pl

from validator.fields.address.ladder import read_numerals
from validator.fields.name.variants import key_form
from validator.fields.text import HYPHENS, SPACES, VARIATION_SELECTORS, fold_width

BUILDING_ONE_SIDE, BUILDING_NAME = "BUILDING_ONE_SIDE", "BUILDING_NAME"
BUILDING_DIFFERS = "BUILDING_DIFFERS"
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
_ROMAN_NUMBER = re.compile(r"(?<![A-Z])(?:VI{0,3}|IV|IX|I{1,3}|X)(?![A-Z])")
_CARE_OF = re.compile(r"([^\s0-9]{1,20}?)(?:様方|様宅|様|気付|気附|(?<=[^\s0-9]{2})方)(?=[\s,)]|$)")
_FLOOR = re.compile(r"((?:地下|B)?[0-9]{1,3})(?:階|F(?![A-Z]))")
_ROOM = re.compile(
    r"(?:(?<![A-Z])([A-Z])[-\s]?|(?<![0-9])([0-9]{1,3})-|([A-Z]|[0-9]{1,3})(?:号?棟|[号番]館)[-\s]*)?"
    r"(?:(?<![0-9])([0-9]{1,5}[A-Z]?)|(?<![A-Z])([A-Z]))(?:号室|号|室)?$"
)
_RIDGE = re.compile(r"([A-Z]|[0-9]{1,3})(?:号棟|棟|号館|番館)")
_SMALL = str.maketrans("ァィゥェォャュョヮヵヶ", "アイウエオヤユヨワカケ")
_SOUNDS = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"))
_SILENT = re.compile(r"[ー・=’'`.,&/／ッッ\-\s()\[\]「」【】#号室]")
# What a name may have more than the same name elsewhere: who runs it, what it is.
_MORE = re.compile(
    "^(?:県営|市営|都営|町営|村営|府営|道営|区営|公営|公団|公社|UR|マンシヨン|アパート|ビル|ビルデイング|住宅|団地|寮|社宅)+$"
)
_HIRAGANA = {c: c + 0x60 for c in range(0x3041, 0x3097)}


@dataclass(frozen=True, slots=True)
class Building:
    """What a 方書 says, folded; empty where it says nothing.

    ``below``: the ridge is a B without 棟 (B1, B101), which may as well be a floor below ground.
    """

    name: str
    ridge: str
    room: str
    care_of: str
    floor: str
    below: bool = False


def compare_buildings(frame: pl.DataFrame) -> pl.DataFrame:
    """``building`` and the rooms of both sides.

    ``frame``: ``s_building, r_building`` (String, "" where there is none). Returns ``building``
    (null: equal; BUILDING_ONE_SIDE: a part stands on one side only; BUILDING_NAME: written another
    way; BUILDING_DIFFERS), ``s_room, r_room`` (String or null).
    """
    pairs = frame.select(s=_folded(frame["s_building"]), r=_folded(frame["r_building"]))
    distinct = pairs.filter((pl.col("s") != "") | (pl.col("r") != "")).unique(maintain_order=True)
    rows = []
    for s, r in distinct.iter_rows():
        a, b = read_building(s), read_building(r)
        relation = None if s == r else _relation(a, b)
        rows.append((s, r, relation, _room(a), _room(b)))
    schema = ["s", "r", "building", "s_room", "r_room"]
    found = pl.DataFrame(rows, schema=dict.fromkeys(schema, pl.String), orient="row")
    return pairs.join(found, on=["s", "r"], how="left", maintain_order="left").select(
        "building", "s_room", "r_room"
    )


def _folded(buildings: pl.Series) -> pl.Series:
    text = fold_width(pl.col("b").fill_null("").str.replace_all(VARIATION_SELECTORS, ""))
    text = text.str.replace_all(r"[()\[\]【】〔〕「」『』]", " ")
    text = text.str.to_uppercase().str.replace_all(f"[{HYPHENS[1:]}]", "-")
    text = text.str.replace_all(f"{SPACES}+", " ").str.strip_chars(" -、,。.")
    folded = buildings.alias("b").to_frame().select(text).to_series()
    folded = folded.str.replace_all("([0-9A-Z])ー([0-9A-Z])", "${1}-${2}")
    numbered = folded.str.contains("[〇一二三四五六七八九十百千]").arg_true()
    if not len(numbered):
        return folded
    return folded.scatter(numbered, read_numerals(folded.gather(numbered)))


def read_building(text: str) -> Building:
    """The parts of a folded 方書."""
    text = _ROMAN_NUMBER.sub(lambda found: f"{_ROMAN[found.group()]} ", text)
    care_of = ""
    found = _CARE_OF.search(text)
    if found:
        care_of = _sound(found.group(1))
        text = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,")
    floors = _FLOOR.findall(text)
    unfloored = _FLOOR.sub(" ", text).strip()
    # A floor alone is the only thing that tells where in the house.
    text = unfloored or text
    ridge = room = ""
    below = False
    found = _ROOM.search(text)
    if found and not (found.start() and text[: found.start()].endswith("第")):
        ridge = found.group(1) or found.group(2) or found.group(3) or ""
        room = (found.group(4) or found.group(5)).lstrip("0")
        below = found.group(1) == "B"
        text = text[: found.start()].rstrip(" -#")
    found = _RIDGE.search(text)
    if found:
        ridge = found.group(1)
        text = text[: found.start()] + text[found.end() :]
    floor = floors[-1].replace("地下", "B") if floors else ""
    return Building(_sound(text), ridge.lstrip("0"), room, care_of, floor, below)


def _room(of: Building) -> str | None:
    return (f"B{of.room}" if of.below else of.room) or None


def _sound(name: str) -> str:
    """A name as it is heard: kana in one script, without marks that people leave out."""
    name = "".join(map(key_form, name)).translate(_HIRAGANA)
    for written, heard in _SOUNDS:
        name = name.replace(written, heard)
    name = _SILENT.sub("", name.translate(_SMALL).replace("ヂ", "ジ").replace("ヅ", "ズ"))
    # ロイヤル and ロイアル, エスポワール and エスポアール.
    return name[:1] + name[1:].replace("ヤ", "ア").replace("ワ", "ア")


# Sounds that Latin and kana spell differently: vowels, glides, a long R, doubled letters.
_CLASSES = str.maketrans(
    {**dict.fromkeys("CKQG", "K"), **dict.fromkeys("SZJX", "S"), **dict.fromkeys("TD", "T"),
     **dict.fromkeys("MN", "N"), **dict.fromkeys("LR", "R"), **dict.fromkeys("BV", "B"),
     **dict.fromkeys("FH", "H")}
)  # fmt: skip
_LATIN_SPELLINGS = (
    ("TION", "SON"),
    ("GH", ""),
    ("PH", "F"),
    ("TH", "S"),
    ("TSU", "S"),
    ("TS", "S"),
)
_SILENT_R = re.compile(r"(?<=[AEIOU])R(?![AEIOU])")
_SHORTEST_SKELETON = 3
_KANA_NAME = re.compile("^[ァ-ヺ0-9]+$")


def _skeleton(latin: str) -> str:
    """The consonants of a Latin name, in classes that kana keep apart no better."""
    for written, heard in _LATIN_SPELLINGS:
        latin = latin.replace(written, heard)
    latin = _SILENT_R.sub("", latin).replace("CH", "S").replace("SH", "S")
    latin = re.sub("C(?=[EIY])", "S", re.sub(r"([A-Z])\1", r"\1", latin))
    return re.sub(r"[^A-Z0-9]|[AEIOUWY]", "", latin).translate(_CLASSES)


def _one_in_latin(a: str, b: str) -> bool:
    """GARDEN HILLS and ガーデンヒルズ: one name in Latin letters, the other in kana."""
    latin, kana = (a, b) if a.isascii() else (b, a)
    if not latin.isascii() or not _KANA_NAME.match(kana):
        return False
    spelled, heard = _skeleton(latin), _skeleton(str(jaconv.kata2alphabet(kana)).upper())
    return len(heard) >= _SHORTEST_SKELETON and spelled == heard


def _relation(a: Building, b: Building) -> str | None:
    pairs = (
        (a.name, b.name),
        (a.ridge, b.ridge),
        (a.room, b.room),
        (a.care_of, b.care_of),
        (a.floor, b.floor),
    )
    for position, (x, y) in enumerate(pairs):
        if not (x and y) or x == y:
            continue
        if position or not (_one_name(x, y) or _one_in_latin(x, y)):
            return BUILDING_DIFFERS
    if _below_another(a, b) or _below_another(b, a):
        return BUILDING_DIFFERS
    if any(bool(x) != bool(y) for x, y in pairs):
        return BUILDING_ONE_SIDE
    return BUILDING_NAME


def _below_another(a: Building, b: Building) -> bool:
    """``a`` lies below ground, or may, and ``b`` does not: B1 and 1, 地下1階 and 101."""
    if b.below or b.floor.startswith("B") or not (b.room or b.floor):
        return False
    if a.below:
        return a.ridge != b.ridge
    return a.floor.startswith("B") and not (a.room and a.room == b.room)


def _one_name(a: str, b: str) -> bool:
    """The longer name is the shorter one and says besides only what kind of house it is."""
    short, long = sorted((a, b), key=len)
    if len(short) < 2 or short not in long:
        return False
    before, _, behind = long.partition(short)
    return all(not more or _MORE.match(more) for more in (before, behind))
