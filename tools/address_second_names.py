"""Second names of towns: a letter more or less, where it can mean one town only.

People leave out or add 町, ケ, ツ, ノ and mix 番町 with 番丁. Each such form is given to a town if no
town of the municipality has it as its own and no other town could be meant by it. In Kyoto only ケ
may be left out: nearly every pair of names there differs by no more than the other letters.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from validator.fields.address.parse.characters import kanji_number
from validator.fields.address.parse.key import key

_FORMS: tuple[tuple[str, pl.Expr], ...] = (
    ("TOWN_WORD", pl.col("key").str.replace("町$", "")),
    ("TOWN_WORD", pl.col("key") + "町"),
    ("KANA_OMITTED", pl.col("key").str.replace("([^ァ-ヺ])[ケツノ]([^ァ-ヺ])", "${1}${2}")),
    ("BLOCK_WORD", pl.col("key").str.replace("番町", "番丁")),
    ("BLOCK_WORD", pl.col("key").str.replace("番丁", "番町")),
    ("KANA_ADDED", pl.col("key").str.replace("([^ァ-ヺ])([谷丘原崎島台峰])", "${1}ケ${2}")),
    ("KANA_ADDED", pl.col("key").str.replace("([^ァ-ヺ])([内宮森沢坂瀬浦原])", "${1}ノ${2}")),
    ("KE_FOR_KA", pl.col("key").str.replace("([^ァ-ヺ])カ([^ァ-ヺ])", "${1}ケ${2}")),
)
_KYOTO = "^261"
# Streets are searched for towns, and two characters stand in many of them.
_KYOTO_FORM = pl.col("key").str.replace("([^ァ-ヺ])ケ([^ァ-ヺ])", "${1}${2}")
_KYOTO_SHORTEST = 3


def second_names(
    towns: pl.DataFrame, chome: pl.DataFrame, cities: pl.DataFrame, table: Path
) -> pl.DataFrame:
    """Rows of ``towns`` (``code, key, place`` …) under their second names, with ``second``.

    ``chome``: ``place, key`` of every 丁目; ``cities``: ``code, prefecture, city``; ``table``:
    names that were changed, by hand. ``back``: see `_joined`.
    """
    found = towns.select("code", "key").unique()
    second = []
    for names in (_joined(towns, chome), _changed(towns, cities, table), _near(towns)):
        second.append(names.join(found, on=["code", "key"], how="anti"))
        found = pl.concat([found, second[-1].select("code", "key")])
    return pl.concat(second, how="diagonal")


def without_old_names(towns: pl.DataFrame, cities: pl.DataFrame, table: Path) -> pl.DataFrame:
    """``towns`` without those that the table says were renamed (older sources still have them)."""
    names = pl.read_csv(table, separator="\t", infer_schema=False).join(
        cities, on=["prefecture", "city"]
    )
    gone = names.select("code", key=key(names["old"]))
    return towns.join(gone, on=["code", "key"], how="anti")


def _changed(towns: pl.DataFrame, cities: pl.DataFrame, table: Path) -> pl.DataFrame:
    names = pl.read_csv(table, separator="\t", infer_schema=False).join(
        cities, on=["prefecture", "city"]
    )
    names = names.with_columns(own=key(names["new"]), old=key(names["old"]))
    found = towns.join(names.select("code", "old", key="own"), on=["code", "key"])
    if found.height != names.height:
        raise SystemExit(f"{table.name}: a new name is not in the data")
    return found.with_columns(key="old", second=pl.lit("OLD_TOWN")).drop("old")


def _joined(towns: pl.DataFrame, chome: pl.DataFrame) -> pl.DataFrame:
    """与一一丁目: a town that ends in a numeral, with its 丁目 in kanji run into one number.

    ``back``: how many characters of the key are the 丁目 and not the town.
    """
    numbered = towns.filter(
        pl.col("name").str.contains("[一二三四五六七八九十百]$")
        & pl.col("key").str.contains("[0-9]$")
    )
    found = numbered.join(chome.select("place", number="key"), on="place").with_columns(
        whole=pl.col("name")
        + pl.col("number").cast(pl.Int64).map_elements(kanji_number, return_dtype=pl.String)
        + "丁目"
    )
    found = found.with_columns(joined=pl.Series(key(found["whole"]), dtype=pl.String))
    return found.filter(pl.col("joined") == pl.col("key") + pl.col("number")).select(
        *(pl.col(column) for column in towns.columns if column != "key"),
        key="joined",
        second=pl.lit("JOINED"),
        back=pl.col("number").str.len_chars().cast(pl.UInt8),
    )


def _near(towns: pl.DataFrame) -> pl.DataFrame:
    kyoto = pl.col("code").str.contains(_KYOTO)
    outside = towns.filter(~kyoto & ~pl.col("alone"))
    inside = towns.filter(kyoto & ~pl.col("alone")).with_columns(
        own="key", key=_KYOTO_FORM, second=pl.lit("KANA_OMITTED")
    )
    forms = [outside.with_columns(own="key", key=form, second=pl.lit(why)) for why, form in _FORMS]
    forms.append(inside.filter(pl.col("key").str.len_chars() >= _KYOTO_SHORTEST))
    found = pl.concat(forms).filter(
        (pl.col("key") != pl.col("own")) & ~pl.col("key").str.contains("^.?$|[-0-9番]$")
    )
    return (
        found.filter(pl.col("place").n_unique().over("code", "key") == 1)
        .unique(["code", "key"], keep="first", maintain_order=True)
        .drop("own")
    )
