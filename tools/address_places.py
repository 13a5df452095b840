"""Every town of the postal data as a canonical address, and a seeded sample with 丁目 and more."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import polars as pl
from address_rewriting import BUILDINGS, FULL_WIDTH, Place, kanji, without_county

from validator.fields.address.gazetteer import load_gazetteer

ROOT = Path(__file__).resolve().parent.parent
POSTAL = ROOT / "validator" / "fields" / "address" / "data" / "postal.parquet"
WITH_CHOME, WITH_KOAZA, WITH_BUILDING, WITH_PREFECTURE = 0.8, 0.15, 0.3, 0.8
_MARK = "^(?:大字|字)"
_KYOTO = "261"


def postal_towns() -> pl.DataFrame:
    """``city_code, prefecture, city, town, postal_code`` (the first one) of every town, in order."""
    return (
        pl.read_parquet(POSTAL)
        .filter((pl.col("kind") == "area") & (pl.col("town") != ""))
        .group_by("city_code", "prefecture", "city", "town", maintain_order=True)
        .agg(pl.col("postal_code").first())
    )


def bare(column: str) -> pl.Expr:
    """A town without the 大字 or 字 at its head."""
    return pl.col(column).str.replace(_MARK, "")


def every_town(towns: pl.DataFrame, seed: int) -> list[Place]:
    """One place for each town: 番地, and half of the time 枝番."""
    draw = random.Random(seed)
    return [
        Place(
            row["prefecture"],
            row["city"],
            row["town"],
            (draw.randint(1, 3000), draw.randint(1, 40))[: draw.randint(1, 2)],
        )
        for row in towns.iter_rows(named=True)
    ]


def sample(towns: pl.DataFrame, number: int, seed: int) -> list[Place]:
    """``number`` towns drawn, with 丁目 or 小字 of the gazetteer and a building in a share."""
    draw = random.Random(seed)
    picked = towns[sorted(draw.sample(range(towns.height), min(number, towns.height)))]
    cities = pl.read_parquet(POSTAL, columns=["prefecture", "city", "kind"])
    names = cities.filter(kind="area").unique(["prefecture", "city"])["city"].to_list()
    # 郡 apart, so that 府中市 and any 府中町 with its 郡 left out are told apart too.
    bearers = Counter(names) + Counter(s for n in names if (s := without_county(n)) != n)
    places = []
    for row in with_surroundings(picked).iter_rows(named=True):
        chome = draw.choice(row["chome"]) if row["chome"] and draw.random() < WITH_CHOME else 0
        koaza = ""
        if row["koaza"] and not row["chome"] and draw.random() < WITH_KOAZA:
            koaza = draw.choice(row["koaza"])
        # Above every 丁目, so that 3-39 is never meant to be 3番地39 where a 三丁目 exists.
        least = 1 + (0 if chome else max(row["chome"], default=0))
        numbers = (draw.randint(least, 60 if chome else 3000), draw.randint(1, 40))
        places.append(
            Place(
                row["prefecture"],
                row["city"],
                row["town"],
                numbers if chome else numbers[: draw.randint(1, 2)],
                chome=chome,
                koaza=koaza,
                building=draw.choice(BUILDINGS) if draw.random() < WITH_BUILDING else "",
                postal_code=row["postal_code"],
                unique=bearers[row["city"]] == 1,
                bare_unique=bearers[without_county(row["city"])] == 1,
                same_unmarked=row["namesakes"] > 1,
                kyoto=row["city_code"].startswith(_KYOTO),
            )
        )
    return places


def with_surroundings(towns: pl.DataFrame) -> pl.DataFrame:
    """``towns`` with ``chome`` (numbers), ``koaza`` (names) and ``namesakes``.

    ``namesakes``: towns of the municipality with this name when 大字 and 字 are left out. A 小字
    that holds a numeral is not taken: written right before a number it says nothing certain.
    """
    gazetteer = load_gazetteer()
    parts = gazetteer.parts.group_by("town").agg(
        chome=pl.col("name").filter(pl.col("kind") == "c").cast(pl.Int64, strict=False),
        koaza=pl.col("name").filter(
            (pl.col("kind") == "k") & ~pl.col("name").str.contains("[0-9〇一二三四五六七八九十]")
        ),
    )
    known = (
        gazetteer.towns.select("municipality", "name", "second")
        .with_row_index("row")
        .filter(pl.col("second").is_null())
        .join(
            gazetteer.municipalities.select(city_code="code")
            .with_row_index("municipality")
            .cast({"municipality": pl.UInt16}),
            on="municipality",
        )
        .join(parts, left_on="row", right_on="town", how="left")
        .group_by("city_code", bare=bare("name"), maintain_order=True)
        .agg(
            pl.col("chome", "koaza")
            .list.explode(keep_nulls=False, empty_as_null=False)
            .unique()
            .sort(),
            namesakes=pl.len(),
        )
    )
    return (
        towns.with_columns(bare=bare("town"))
        .join(known, on=["city_code", "bare"], how="left", maintain_order="left")
        .with_columns(pl.col("chome", "koaza").fill_null([]), pl.col("namesakes").fill_null(1))
        .drop("bare")
    )


def many_addresses(number: int, seed: int) -> list[str]:
    """``number`` distinct addresses in mixed notations, with a building in a share."""
    draw = random.Random(seed)
    towns = postal_towns().select("prefecture", "city", "town").rows()
    found: dict[str, None] = {}
    while len(found) < number:
        prefecture, city, town = draw.choice(towns)
        first, second = draw.randint(1, 3000), draw.randint(1, 99)
        block = draw.choice((
            f"{first}番地{second}", f"{first}-{second}", f"{first}番地の{second}", f"{first}番地",
            f"{first}番{second}号", f"{kanji(first)}番地{kanji(second)}",
            f"{first}－{second}".translate(FULL_WIDTH),
        ))  # fmt: skip
        lead = prefecture if draw.random() < WITH_PREFECTURE else ""
        home = f"\u3000{draw.choice(BUILDINGS)}" if draw.random() < WITH_BUILDING else ""
        found[lead + city + town + block + home] = None
    return list(found)
