"""Real towns of the postal data, and the ways to write an address there."""

from __future__ import annotations

import random
import re
from functools import cache
from typing import NamedTuple

import polars as pl

from .table import ROOT

POSTAL = ROOT / "validator/fields/address/data/postal.parquet"
# The hyphen and what is typed for it; の and ノ join Arabic numerals only.
HYPHENS = ("-", "\uff0d", "\u2212", "\u2010", "\u2013", "\u2015", "\u30fc", "の", "ノ")
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
KANJI = "〇一二三四五六七八九"
# A town ending so runs into the number behind it.
OPEN_END = re.compile("[0-9０-９〇一二三四五六七八九十百千ァ-ヶーぁ-ん甲乙丙丁線号条番割第]$")


class Town(NamedTuple):
    prefecture: str
    city: str
    town: str
    postal_code: str
    alone: bool
    """No other prefecture has a municipality of this name."""
    plain: bool
    """No other town of the municipality has this name within its own."""


@cache
def towns() -> tuple[Town, ...]:
    """Towns with one code and without notes, 丁目 or not, outside Kyoto's streets."""
    areas = pl.read_parquet(POSTAL).filter(pl.col("kind") == "area", pl.col("town") != "")
    place = ["prefecture", "city", "town"]
    homes = areas.group_by(pl.col("city").str.replace("^.+?郡", "")).agg(
        pl.col("prefecture").n_unique().alias("homes")
    )
    single = (
        areas.filter(pl.len().over(place) == 1)
        .filter(pl.col("note").is_null(), ~pl.col("multi"), ~pl.col("partial"))
        .filter(~pl.col("city").str.contains("^京都市"))
        .with_columns(short=pl.col("city").str.replace("^.+?郡", ""))
        .join(homes.rename({"city": "short"}), on="short")
    )
    beside = dict(
        areas.group_by("prefecture", "city")
        .agg("town")
        .select(pl.concat_str("prefecture", "city"), "town")
        .iter_rows()
    )
    drawn = single.sample(6_000, seed=4).sort(place)
    return tuple(
        Town(
            prefecture,
            city,
            town,
            code,
            homes == 1,
            sum(town in other for other in beside[prefecture + city]) == 1,
        )
        for prefecture, city, town, code, homes in drawn.select(
            *place, "postal_code", "homes"
        ).iter_rows()
        if not OPEN_END.search(town)
    )


def kanji(number: int) -> str:
    """A number below 1,000 in kanji, power by power."""
    text = ""
    for power, unit in ((100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += unit if digit == 1 and unit else KANJI[digit] + unit
    return text


def canonical(town: Town, numbers: list[int]) -> str:
    """The registry's way: 番地 of two numbers, 丁目 番 号 of three."""
    text = town.prefecture + town.city + town.town
    if len(numbers) == 3:
        chome, banchi, go = numbers
        return f"{text}{kanji(chome)}丁目{banchi}番{go}号"
    return text + f"{numbers[0]}番地" + "".join(str(number) for number in numbers[1:])


def written(town: Town, numbers: list[int], draw: random.Random) -> str:
    """One of the listed ways to write the same (issue 4, Parse)."""
    style = draw.choice(["half", "full", "kanji"])
    shown = [
        {"half": str(n), "full": str(n).translate(FULL), "kanji": kanji(n)}[style] for n in numbers
    ]
    if draw.random() < 0.6:
        joined = draw.choice(HYPHENS[:6] if style == "kanji" else HYPHENS).join(shown)
    elif len(shown) == 3:
        joined = f"{shown[0]}丁目{shown[1]}番{shown[2]}" + draw.choice(["", "号"])
    else:
        joined = shown[0] + draw.choice(["番地", "番地の"]) + shown[1] if shown[1:] else shown[0]
    name = town.town
    for group in ("ケヶガが", "のノ"):
        inside = [at for at in range(1, len(name) - 1) if name[at] in group]
        # Between hiragana or katakana the sign is a letter of a word.
        inside = [at for at in inside if re.fullmatch("[一-鿿].[一-鿿]", name[at - 1 : at + 2])]
        if inside and draw.random() < 0.7:
            at = draw.choice(inside)
            name = name[:at] + draw.choice(group) + name[at + 1 :]
    if (
        town.plain
        and len(numbers) < 3
        and not name.startswith(("大字", "字"))
        and draw.random() < 0.15
    ):
        name = "大字" + name
    lead = "" if town.alone and draw.random() < 0.4 else town.prefecture
    space = draw.choice(["", "", " ", "\u3000"])
    text = space.join(part for part in (lead, town.city, name, joined) if part)
    if draw.random() < 0.25:
        code = f"{town.postal_code[:3]}-{town.postal_code[3:]}"
        text = draw.choice([f"〒{code} ", f"{code}\u3000", f"〒{code.translate(FULL)}"]) + text
    return text


def one_digit_changed(numbers: list[int], draw: random.Random) -> list[int]:
    at = draw.randrange(len(numbers))
    digits = str(numbers[at])
    place = draw.randrange(len(digits))
    others = [d for d in "0123456789" if d != digits[place] and (place or d != "0")]
    changed = int(digits[:place] + draw.choice(others) + digits[place + 1 :])
    return [*numbers[:at], changed, *numbers[at + 1 :]]


def neighbours() -> list[tuple[str, str]]:
    """Pairs of towns of one municipality whose names differ by what stands at the end."""
    areas = pl.read_parquet(POSTAL).filter(pl.col("kind") == "area", pl.col("town") != "")
    place = areas.select("prefecture", "city", "town").unique().sort("prefecture", "city", "town")
    pairs: list[tuple[str, str]] = []
    for more in ("町", "西", "新田", "新", "本町", "上", "下", "台", "東", "中", "北", "南"):
        longer = place.with_columns(other=pl.col("town") + more)
        beside = longer.join(
            place.rename({"town": "other"}), on=["prefecture", "city", "other"]
        ).select(
            pl.concat_str("prefecture", "city", "town", pl.lit("12番地3")),
            pl.concat_str("prefecture", "city", "other", pl.lit("12-3")).alias("longer"),
        )
        pairs += beside.rows()
    return pairs
