"""The baseline's places: addresses compared by their parts, pair by pair.

The product's parser splits the addresses (many in one call: a call for each pair would cost more
than all the rest); what makes two split addresses equal is written a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from unicodedata import normalize

from benchmarks.baseline_address import PREFECTURES, address_forms, same_address
from benchmarks.baseline_fields import ROOT, WIDTH, WIDTH_AND_GLYPH, without_spaces
from benchmarks.baseline_houses import Parts, regular_characters, same_building, same_numbers

Pair = tuple[str, str]
_GAZETTEER = ROOT / "validator/fields/address/data/gazetteer"
_AT_ONCE = 50_000
# No address has so many characters.
_LONGEST = 1_000
_LEVELS: dict[Pair, str] = {}


def address_level(submitted: str, registry: str) -> str:
    """equivalent, similar (the same town) or different, of two addresses written differently."""
    pair = submitted, registry
    if pair not in _LEVELS:
        settle([pair])
    return _LEVELS[pair]


def settle(pairs: Iterable[Pair]) -> None:
    """Compare many pairs ahead; afterwards `address_level` only looks them up."""
    open_pairs = iter({pair: None for pair in pairs if pair not in _LEVELS and not _spelled(pair)})
    while some := list(islice(open_pairs, _AT_ONCE)):
        parts = _read({text for pair in some for text in pair})
        both = {pair: (parts[pair[0]], parts[pair[1]]) for pair in some}
        completed = _read({text for pair in some for text in _readings(pair, *both[pair])})
        for pair, (s, r) in both.items():
            _LEVELS[pair] = _level(
                _completed(pair[0], s, r, completed), _completed(pair[1], r, s, completed)
            )


def _spelled(pair: Pair) -> bool:
    """Whether the forms settle it: equal and certainly one place, or no address at all."""
    if max(map(len, pair)) > _LONGEST:
        _LEVELS[pair] = "different"
        return True
    submitted, registry = map(address_forms, pair)
    if any(name in base for name in _kept_apart() for base in (submitted.base, registry.base)):
        town_kana = [_KANA_OF_PLACES.findall(_NUMERAL.split(text)[0]) for text in pair]
        if town_kana[0] != town_kana[1]:
            _LEVELS[pair] = "different"
            return True
    if not same_address(submitted, registry):
        return False
    _LEVELS[pair] = "equivalent"
    return True


_KANA_OF_PLACES = re.compile("[のノ之乃ヶケがガヵッツ]")
_NUMERAL = re.compile("[0-9０-９一二三四五六七八九十]")


@cache
def _kept_apart() -> tuple[str, ...]:
    """Folded names of two towns: 日の出 and 日之出 are not one there."""
    lines = (_GAZETTEER / "apart.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(line.split("\t")[0] for line in lines)


def _read(texts: set[str]) -> dict[str, Parts]:
    """The parts of each text, with the parser's keys of its 小字 and of all from the town on."""
    import polars as pl  # the parser takes and gives columns

    from validator.fields.address.parse import parse_addresses
    from validator.fields.address.parse.key import key

    if not texts:
        return {}
    written = sorted(texts)
    parsed: list[Parts] = parse_addresses(pl.Series(written)).to_dicts()
    koaza = key(pl.Series([parts["koaza"] for parts in parsed], dtype=pl.String))
    whole = key(pl.Series([_whole(parts) for parts in parsed], dtype=pl.String))
    named = key(pl.Series([f"{p['oaza']}{p['koaza']}" for p in parsed], dtype=pl.String))
    for parts, koaza_key, whole_key, name_key in zip(parsed, koaza, whole, named, strict=True):
        parts["koaza_key"], parts["whole_key"] = koaza_key, whole_key
        parts["name_key"] = name_key
    for text, parts in zip(written, parsed, strict=True):
        parts["text"] = text
    return dict(zip(written, parsed, strict=True))


def _whole(parts: Parts) -> str:
    chome = "" if parts["chome"] is None else f"{parts['chome']}丁目"
    return f"{parts['oaza']}{chome}{parts['koaza']}{parts['letters']}{parts['numbers']}"


def _reasons(parts: Parts) -> str:
    return str(parts["reasons"] or "")


# --- a municipality that one side leaves open ----------------------------------------------

_PREFECTURE = re.compile("|".join([*PREFECTURES, "3重県"]))


def _readings(pair: Pair, s: Parts, r: Parts) -> Iterator[str]:
    for text, side, other in ((pair[0], s, r), (pair[1], r, s)):
        yield from _with_the_place_of(other, text) if _is_open(side, other) else ()


def _is_open(side: Parts, other: Parts) -> bool:
    return side["muni_code"] is None and other["muni_code"] is not None


def _with_the_place_of(other: Parts, text: str) -> Iterator[str]:
    """``text`` with what it may lack: prefecture, city of a ward, ward of a city, municipality."""
    bare = normalize("NFKC", text.translate(WIDTH)).strip(" ")
    if found := _PREFECTURE.match(bare):
        bare = bare[found.end() :]
    prefecture, city = str(other["prefecture"]), str(other["city"])
    yield prefecture + bare
    if ward := re.fullmatch("(.+市).+区", city):
        yield prefecture + ward[1] + bare
        if bare.startswith(ward[1]):
            yield prefecture + city + bare.removeprefix(ward[1])
    yield prefecture + city + bare


def _completed(text: str, side: Parts, other: Parts, completed: dict[str, Parts]) -> Parts:
    """``side`` as read with the other's municipality if its town exists there; marked lacking."""
    if _is_open(side, other):
        for reading in _with_the_place_of(other, text):
            parts = completed[reading]
            same = all(parts[name] == other[name] for name in ("prefecture", "city"))
            known = parts["muni_code"] is not None and parts["oaza"]
            if same and known and "TOWN_UNLISTED" not in _reasons(parts):
                return {**parts, "lacking": True}
    return side


# --- level ---------------------------------------------------------------------------------


def _level(s: Parts, r: Parts) -> str:
    place = _place(s, r)
    if place != "equivalent":
        return place
    fits = same_numbers(s, r) and same_building(str(s["building"]), str(r["building"]))
    return "equivalent" if fits else "similar"


def _place(s: Parts, r: Parts) -> str:
    """Municipality and town: equal, in doubt (similar), or different."""
    if not (s["city"] and r["city"]):
        return "different"
    if (s["prefecture"], s["city"]) != (r["prefecture"], r["city"]):
        return "different"
    if bool(s["oaza"]) != bool(r["oaza"]):
        return "similar"
    town = _town(s, r)
    if town == "different":
        return town
    street_counts = (s["prefecture"], s["city"], s["oaza"]) in _twins() and (
        (r["prefecture"], r["city"], r["oaza"]) in _twins()
    )
    contradicts = ["PREF_CONTRADICTS" in _reasons(side) for side in (s, r)]
    if (
        (street_counts and _street(s) != _street(r))
        or s["muni_code"] is None
        or r["muni_code"] is None
        or s.get("lacking")
        or r.get("lacking")
        or contradicts[0] != contradicts[1]
    ):
        return "similar"
    return town


_PLACE_KANA = {**dict.fromkeys("ヶガがヵ", "ケ"), **dict.fromkeys("の之乃", "ノ"), "ッ": "ツ"}


@cache
def _one_spelling() -> dict[int, str]:
    return regular_characters() | str.maketrans(_PLACE_KANA)


def _town(s: Parts, r: Parts) -> str:
    """A town that the gazetteer lacks is compared with all that follows it up to the 方書."""
    if s["oaza"] == r["oaza"]:
        return "equivalent"
    a, b = (_plain(str(side["oaza"])) for side in (s, r))
    listed = not any("TOWN_UNLISTED" in _reasons(side) for side in (s, r))
    if a == b:
        return "equivalent"
    if not listed and s["whole_key"] == r["whole_key"]:
        return "equivalent"
    unknown = ["KOAZA_UNLISTED" in _reasons(side) for side in (s, r)]
    if listed and any(unknown) and s["name_key"] == r["name_key"]:
        # 井田字新田 and 井田新田: one text whose 小字 begins at the 字.
        return "similar" if all(unknown) else "equivalent"
    if re.sub("大字|字", "", a) != re.sub("大字|字", "", b):
        return "different"
    # Two listed towns that only 大字 or 字 tells apart.
    return "similar" if listed else "equivalent"


def _plain(town: str) -> str:
    text = without_spaces(normalize("NFKC", town.translate(WIDTH_AND_GLYPH)))
    return text.translate(_one_spelling())


def _street(side: Parts) -> str:
    """上る, 上ル and 上がる are one word, as are 入る, 入ル and 入."""
    text = normalize("NFKC", str(side["street"]).translate(WIDTH))
    text = re.sub("(上|下)[がガ]?[るル]", r"\1", text)
    text = without_spaces(re.sub("(西|東)入[るル]?", r"\1", text))
    return re.sub("[、,・]|通り?", "", text)


@cache
def _twins() -> set[tuple[object, ...]]:
    """Towns whose name occurs twice in one ward of Kyoto, so that only the street tells."""
    import polars as pl  # reads packaged Parquet files, nothing else

    places = pl.read_parquet(_GAZETTEER / "municipalities.parquet").to_dicts()
    columns = ["municipality", "key", "name", "second", "streets"]
    towns = pl.read_parquet(_GAZETTEER / "towns.parquet", columns=columns)
    return {
        (places[number]["prefecture"], places[number]["city"], name or key)
        for number, key, name, second, streets in towns.iter_rows()
        if streets and second is None
    }
