"""A slow, plain reading of a record, written apart from the generator: what differs, really?"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

Row = dict[str, str | None]

_ERAS = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "R": 2018, "H": 1988, "S": 1925,
    "T": 1911, "9": 2018, "7": 1988, "5": 1925, "3": 1911,
}  # fmt: skip
_SEX = {"1": 1, "男": 1, "男性": 1, "m": 1, "male": 1, "2": 2, "女": 2, "女性": 2, "f": 2,
        "female": 2}  # fmt: skip
_DASHES = "-‐‑‒–—―−－ーｰ"
_LARGE = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")
_KANJI_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}


def valid_number(text: str) -> bool:
    """Twelve digits whose last is right by the rule of 総務省令, digit by digit."""
    if not re.fullmatch("[0-9]{12}", text):
        return False
    total = 0
    for n in range(1, 12):
        digit = int(text[11 - n])
        total += digit * (n + 1 if n <= 6 else n - 5)
    rest = total % 11
    return int(text[11]) == (0 if rest <= 1 else 11 - rest)


def number(text: str | None) -> str:
    """ASCII digits without spaces and hyphens."""
    folded = unicodedata.normalize("NFKC", text or "")
    return re.sub(f"[{_DASHES} ]", "", folded)


def from_kanji(text: str) -> int:
    """A number below 100 in kanji numerals or digits."""
    if text.isascii():
        return int(text)
    if "十" in text:
        tens, ones = text.split("十")
        return 10 * (_KANJI_DIGITS[tens] if tens else 1) + (_KANJI_DIGITS[ones] if ones else 0)
    return _KANJI_DIGITS[text]


def day(text: str | None) -> date | None:
    """A calendar day out of any notation of the contract; None if it is none."""
    folded = unicodedata.normalize("NFKC", text or "").strip()
    wareki = re.fullmatch(r"(令和|平成|昭和|大正)(.+)年(.+)月(.+)日", folded)
    letters = re.fullmatch(r"([RHST])(\d{1,2})\.(\d{1,2})\.(\d{1,2})", folded)
    compact = re.fullmatch(r"([RHST97531])(\d\d)(\d\d)(\d\d)", folded)
    plain = re.fullmatch(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})", folded)
    try:
        for match in (wareki, letters, compact):
            if match:
                era, year, month, dom = match.groups()
                count = 1 if year == "元" else from_kanji(year)
                return date(_ERAS[era] + count, from_kanji(month), from_kanji(dom))
        if plain:
            return date(*(int(part) for part in plain.groups()))
    except (ValueError, KeyError):
        return None
    return None


def sex(text: str | None) -> int | None:
    """1 or 2."""
    return _SEX.get(unicodedata.normalize("NFKC", text or "").strip().lower())


def kana(text: str | None) -> str:
    """Large full-width katakana without spaces."""
    text = re.sub(
        "[\u309b\u309c]", lambda m: "\u3099\u309a"["\u309b\u309c".index(m[0])], text or ""
    )
    folded = unicodedata.normalize("NFKC", text)
    folded = "".join(
        chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in folded if char != " "
    )
    return re.sub("(?<=[ァ-ー])一", "ー", folded).translate(_LARGE)


def kanji(text: str | None) -> str:
    """Without spaces and variation selectors, compatibility forms folded."""
    folded = unicodedata.normalize("NFKC", text or "")
    return re.sub("[ \ufe00-\ufe0f\U000e0100-\U000e01ef]", "", folded)


def address(text: str | None, prefectures: list[str]) -> tuple[str, tuple[int, ...], str]:
    """(municipality and town without prefecture, numbers, building)."""
    folded = unicodedata.normalize("NFKC", text or "")
    folded = re.sub(r"\s", "", folded)
    for prefecture in prefectures:
        folded = folded.removeprefix(prefecture)
    folded = re.sub(
        "([一二三四五六七八九十]+|[0-9]+)丁目", lambda m: f"{from_kanji(m[1])}-", folded
    )
    folded = re.sub(f"(?<=[0-9])[{_DASHES}](?=[0-9])", "-", folded)
    folded = re.sub("(?<=[0-9])(番地の|番地|番|の)(?=[0-9])", "-", folded)
    place, numbers, rest = re.fullmatch(r"([^0-9]*)([0-9-]*)(.*)", folded).groups()  # type: ignore[union-attr]
    rest = re.sub("^(番地|番|号)", "", rest)
    return place, tuple(int(part) for part in numbers.split("-") if part), rest


def differing(submitted: Row, registry: Row, prefectures: list[str]) -> set[str]:
    """Names of the five items that differ; a building on one side only does not."""
    differs = set()
    if day(submitted["birth_date"]) != day(registry["birth_date"]):
        differs.add("birth_date")
    if sex(submitted["sex"]) != sex(registry["sex"]):
        differs.add("sex")
    for field, fold in (("name_kanji", kanji), ("name_kana", kana)):
        if fold(submitted[field]) != fold(registry[field]):
            differs.add(field)
    mine = address(submitted["address"], prefectures)
    theirs = address(registry["address"], prefectures)
    buildings_clash = bool(mine[2] and theirs[2]) and mine[2] != theirs[2]
    if mine[:2] != theirs[:2] or buildings_clash:
        differs.add("address")
    return differs
