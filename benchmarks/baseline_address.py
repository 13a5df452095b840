"""The baseline's addresses and postal codes, one value at a time, in plain Python.

The same comparison forms as the validator's, written a second time; only the postal list is
shared. What these forms leave unequal is compared by its parts: baseline_places.py.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from benchmarks.baseline_fields import HYPHENS, ROOT, WIDTH, WIDTH_AND_GLYPH, is_blank

PREFECTURES = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
]
_DIGITS = "〇一二三四五六七八九"


def _value(word: str) -> str:
    """Arabic digits of a kanji numeral below 10,000."""
    total, digit = 0, 0
    units = {"十": 10, "百": 100, "千": 1000}
    for character in word:
        if character in units:
            total, digit = total + (digit or 1) * units[character], 0
        else:
            digit = _DIGITS.index(character)
    return str(total + digit)


_NUMERAL = re.compile(
    "(?=[一二三四五六七八九十百千])(?:[二三四五六七八九]?千)?(?:[二三四五六七八九]?百)?"
    "(?:[二三四五六七八九]?十)?[一二三四五六七八九]?|〇"
)
# A lone 千 is mostly part of a name (千葉, 千代田); it is a number only before 丁目, 番, 号.
_NAME_PART = re.compile("(?<![一二三四五六七八九])千(?![一二三四五六七八九十百]|丁目|番|号)")
_BORDER = re.compile(r"([0-9])[\s、,]+([^\s丁番号の地ノ之\-ー])")
_LEADING_CODE = re.compile("〒?[0-9]{3}-[0-9]{4}-?")
_NUMERAL_THEN_DIGIT = re.compile("([〇一二三四五六七八九十百千])([0-9])")
_LONG_MARK = re.compile("([0-9A-Z])[ー一]([0-9])")
_PUNCTUATION = str.maketrans("", "", "、。,")
_TO_HYPHEN = str.maketrans(dict.fromkeys(HYPHENS, "-"))
_PLACE_KANA = str.maketrans("ヶガがヵの之乃ッ", "ケケケカノノノツ")
# Town names whose 番 or 号 is no number word.
_PROTECTED = {
    "番町": "\ufdd0",
    "番丁": "\ufdd1",
    "番通": "\ufdd2",
    "号線": "\ufdd3",
    "号通": "\ufdd4",
}
_HERE = "\ufdd8"
_ROOM_WORD = re.compile("-?([A-Z]?[0-9]+)号?室")
# 27号の5 and 27号-5 go on with the number, 27号-305 is a room.
_BRANCH = re.compile("(番[0-9]+)号[-ノ]([0-9]{1,2})(?![0-9])")
_AFTER_HOUSE = re.compile("(番[0-9]+)号-?")
_BESIDE_WORD = re.compile("([^0-9A-Z])-|-([^0-9A-Z])")
_NUMBER_WORD = re.compile("([0-9])(?:丁目|番地ノ?|番ノ?|号)-?")
_NO = re.compile("([0-9])ノ([0-9])")
_ROOM = re.compile("([0-9])-?(?:号室|号|室)")
_PREFECTURE = re.compile("(" + "|".join([*PREFECTURES, "3重県"]) + ")")
_SPELLED_PREFECTURE = {"3重県": "三重県"}
_RUN = re.compile("(.*?[0-9]+(?:-[0-9]+)*-[0-9]*|.*?[0-9]+-)(.*)")
_NUMBER = re.compile("(.*?[0-9]+|.*[0-9]|.*)((?:[ァ-ヺA-Z\ufdd8].*|[^0-9]*))")
# 1020番地イ is another lot than 1020番地, not a home in it.
_LETTER = re.compile("ノ?[甲乙丙丁戊己庚辛壬癸ァ-ヺ]{1,2}(?:号|部)?")
_KINDS = re.compile("(?:[0-9]+(?:丁目|番地ノ?|番ノ?|号|-|ノ))+")
_KIND = re.compile("[0-9]+(丁目|番地ノ?|番ノ?|号|-|ノ)")
_KIND_LETTER = {"丁目": "c", "番地ノ": "b", "番ノ": "b", "番地": "b", "番": "b", "号": "g"}


class AddressForms(NamedTuple):
    """What two addresses are compared by."""

    prefecture: str | None
    base: str
    rest: str
    kinds: tuple[str, ...]


def address_forms(address: str) -> AddressForms:
    """Comparison forms of an address."""
    spelled = _spelled(address)
    prefecture = _PREFECTURE.match(spelled)
    body = _number_words(spelled)
    found = _PREFECTURE.match(body)
    body = body[found.end() :] if found else body
    parts = _RUN.fullmatch(body) or _NUMBER.fullmatch(body)
    base, rest = (parts[1], parts[2]) if parts else (body, "")
    rest = _rest(rest)
    name = prefecture[0] if prefecture else None
    return AddressForms(
        _SPELLED_PREFECTURE.get(name, name) if name else None,
        base.removesuffix("-"),
        rest,
        _kinds(spelled),
    )


def _spelled(text: str) -> str:
    text = normalize("NFKC", text.translate(WIDTH_AND_GLYPH)).upper()
    for _ in range(2):  # neighbouring matches share a digit
        text = _BORDER.sub(r"\1-\2", text)
    text = "".join(text.split()).translate(_PUNCTUATION)
    code = _LEADING_CODE.match(text)
    text = (text[code.end() :] if code else text).removeprefix("〒")
    text = read_numerals(_NUMERAL_THEN_DIGIT.sub(r"\1-\2", text)).translate(_TO_HYPHEN)
    for _ in range(2):
        text = _LONG_MARK.sub(r"\1-\2", text)
    return text.translate(_PLACE_KANA)


def read_numerals(text: str) -> str:
    """Kanji numerals as Arabic ones, but for a 千 that is part of a name."""
    text = _NAME_PART.sub("\ufdd9", text)
    return _NUMERAL.sub(lambda m: _value(m[0]), text).replace("\ufdd9", "千")


def _number_words(text: str) -> str:
    for word, mark in _PROTECTED.items():
        text = text.replace(word, mark)
    # A room word, and what follows 番…号, begin the 方書: a border that no number crosses.
    text = _BRANCH.sub(r"\1-\2", _ROOM_WORD.sub(_HERE + r"\1", text))
    text = _AFTER_HOUSE.sub(r"\1-" + _HERE, text)
    text = _NUMBER_WORD.sub(r"\1-", text)
    for _ in range(2):
        text = _NO.sub(r"\1-\2", text)
    text = re.sub("-+", "-", text).rstrip("-" + _HERE)
    for word, mark in _PROTECTED.items():
        text = text.replace(mark, word)
    return text


def _rest(text: str) -> str:
    """The 方書 without borders, room words, and hyphens beside words."""
    text = _ROOM.sub(r"\1", re.sub(f"[-{_HERE}]+", "-", text))
    return _BESIDE_WORD.sub(r"\1\2", text).strip("-")


def _kinds(spelled: str) -> tuple[str, ...]:
    for word, mark in _PROTECTED.items():
        spelled = spelled.replace(word, mark)
    run = _KINDS.search(spelled)
    return tuple(_KIND_LETTER.get(word, "h") for word in _KIND.findall(run[0])) if run else ()


@cache
def _shared_names() -> tuple[str, ...]:
    """Names of several municipalities, or of one and a ward of another (中央区)."""
    bearers: dict[str, set[str]] = {}
    for places in postal_places().values():
        for place in places:
            city = place.written.removeprefix(place.prefecture)
            bearers.setdefault(city, set()).add(place.written)
            ward = re.fullmatch(".+市(.+区)", city)
            if ward:
                bearers.setdefault(ward[1], set()).add(place.written)
    return tuple(name for name, found in bearers.items() if len(found) > 1)


def same_address(submitted: AddressForms, registry: AddressForms) -> bool:
    """Equal but for spelling, an omitted prefecture, or a building on one side only."""
    if submitted.base != registry.base:
        return False
    if submitted.rest != registry.rest and (
        (submitted.rest and registry.rest) or _LETTER.fullmatch(submitted.rest + registry.rest)
    ):
        return False
    if submitted.prefecture != registry.prefecture and (
        (submitted.prefecture and registry.prefecture) or submitted.base.startswith(_shared_names())
    ):
        return False
    pairs = zip(submitted.kinds[:5], registry.kinds[:5], strict=False)
    return all(a == b or "h" in (a, b) for a, b in pairs)


class Place(NamedTuple):
    """A municipality that a postal code belongs to."""

    prefecture: str
    city: str  # without 郡
    written: str
    business: bool


@cache
def postal_places() -> dict[str, list[Place]]:
    """Postal code → municipalities, from the packaged list."""
    import polars as pl  # reads the packaged Parquet file, nothing else

    path = ROOT / "validator/fields/address/data/postal.parquet"
    columns = ["postal_code", "prefecture", "city", "kind"]
    places: dict[str, list[Place]] = {}
    for code, prefecture, city, kind in pl.read_parquet(path, columns=columns).iter_rows():
        without_county = re.sub("^.{1,5}?郡", "", city, count=1)
        place = Place(prefecture, without_county, prefecture + city, kind == "office")
        if place not in places.setdefault(code, []):
            places[code].append(place)
    return places


_NOT_IN_CODE = str.maketrans("", "", HYPHENS + "〒ー")
_LARGE_KE = str.maketrans("ヶがガ", "ケケケ")


def postal_state(postal_code: str | None, address: str | None) -> str:
    """blank, fits, malformed, unknown, business, other_prefecture, other_municipality …"""
    if is_blank(postal_code):
        return "blank"
    assert postal_code is not None
    code = postal_code.replace("-", "", 1)
    if not (len(code) == 7 and code.isascii() and code.isdigit()):
        code = "".join(normalize("NFKC", postal_code.translate(WIDTH)).split()).translate(
            _NOT_IN_CODE
        )
        if not (len(code) == 7 and code.isascii() and code.isdigit()):
            return "malformed"
    places = postal_places().get(code)
    if not places:
        return "unknown"
    if places[0].business:
        return "business"
    if not address:
        return "not_compared"
    if address.startswith((places[0].written, places[0].city)):
        return "fits"
    text = "".join(normalize("NFKC", address.translate(WIDTH_AND_GLYPH)).split()).translate(
        _LARGE_KE
    )
    if any(place.city.translate(_LARGE_KE) in text for place in places):
        return "fits"
    prefecture = next((name for name in PREFECTURES if text.startswith(name)), None)
    if prefecture and all(place.prefecture != prefecture for place in places):
        return "other_prefecture"
    return "other_municipality" if re.search("[市区町村]", text) else "not_compared"
