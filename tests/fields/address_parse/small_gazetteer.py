"""A gazetteer of a few invented places, and how its addresses are read by trying everything."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from validator.fields.address.gazetteer import Gazetteer
from validator.fields.address.parse.key import key

# Ways to name a municipality → its place in MUNICIPALITIES.
MUNICIPALITIES = (("99101", "北県", "川市"), ("99201", "南県", "山郡里町"))
WAYS = {
    "北県川市": 0, "川市": 0, "南県山郡里町": 1, "南県里町": 1, "山郡里町": 1, "里町": 1,
}  # fmt: skip
NUMERALS = "〇一二三四五六七八九"
LONGEST_UNLISTED = 20


@dataclass(frozen=True)
class Answer:
    """What an address is made of."""

    prefecture: str
    city: str
    town: str
    block: str
    level: str


def ups(keys: list[str]) -> list[int | None]:
    """How many places above each of the sorted keys its longest beginning stands."""
    found: list[int | None] = []
    for place, name in enumerate(keys):
        shorter = [i for i in range(place) if name.startswith(keys[i]) and name != keys[i]]
        best = max(shorter, key=lambda i: len(keys[i]), default=None)
        found.append(None if best is None else place - best)
    return found


def keyed(names: list[str]) -> list[str]:
    """The keys of names, as the build makes them."""
    return key(pl.Series(names, dtype=pl.String)).to_list()


def gazetteer(towns: dict[int, dict[str, set[int]]]) -> Gazetteer:
    """``towns``: for each municipality its towns, and which 丁目 each has."""
    named = sorted([*WAYS.items(), ("北県", None), ("南県", None)])
    aliases = pl.DataFrame(
        {
            "key": [way for way, _ in named],
            "municipality": [owner for _, owner in named],
            "omitted": ["" for _ in named],
            "prefix": ["" for _ in named],
            "up": ups([way for way, _ in named]),
        },
        schema_overrides={"municipality": pl.UInt16, "up": pl.UInt16},
    )
    town_rows, part_rows = [], []
    for owner in range(len(MUNICIPALITIES)):
        plain = list(towns.get(owner, {}))
        pairs = sorted(zip(keyed(plain), plain, strict=True))
        above = ups([town_key for town_key, _ in pairs])
        for (town_key, name), up in zip(pairs, above, strict=True):
            chome = sorted(map(str, towns[owner][name]))
            part_rows += [
                (len(town_rows), c, None, "c", u) for c, u in zip(chome, ups(chome), strict=True)
            ]
            town_rows.append(
                (owner, town_key, name, up, None, None, 0, bool(chome), False, False, False)
            )
    return Gazetteer(
        pl.DataFrame(MUNICIPALITIES, schema=["code", "prefecture", "city"], orient="row"),
        aliases,
        pl.DataFrame(
            town_rows,
            schema={
                "municipality": pl.UInt16, "key": pl.String, "name": pl.String, "up": pl.UInt16,
                "target": pl.UInt32, "second": pl.Categorical, "back": pl.UInt8, "chome": pl.Boolean,
                "koazabanchi": pl.Boolean, "streets": pl.Boolean, "alone": pl.Boolean,
            },
            orient="row",
        ),
        pl.DataFrame(
            part_rows,
            schema={"town": pl.UInt32, "key": pl.String, "name": pl.String,
                    "kind": pl.Categorical, "up": pl.UInt16},
            orient="row",
        ),
    )  # fmt: skip


def oracle(
    towns: dict[int, dict[str, set[int]]], way: str, name: str, numbers: list[int]
) -> Answer:
    """The answer for ``way + name + numbers joined by hyphens``, found by trying everything."""
    owner = WAYS[way]
    _, prefecture, city = MUNICIPALITIES[owner]
    numbers = list(numbers)
    inside = [town for town in towns.get(owner, {}) if name.startswith(town)]
    town = max(inside, key=len, default="")
    chome = ""
    if numbers and town == name and numbers[0] in towns[owner].get(town, set()):
        chome = NUMERALS[numbers.pop(0)] + "丁目"
    block = "-".join(map(str, numbers))
    level = "city" if not town else "block" if block else "town"
    return Answer(prefecture, city, name + chome, block, level)
